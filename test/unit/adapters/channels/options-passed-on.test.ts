import { expect, test } from 'vitest'
import { optionsPassedOn } from '../../../../src/adapters/channels/module/options-passed-on.js'

test.each([
  [
    ['--import', 'tsx', '--enable-source-maps'],
    ['--import', 'tsx', '--enable-source-maps'],
  ],
  [
    ['--inspect=9229', '--conditions', 'development', '-r', './hook.cjs'],
    ['--conditions', 'development', '-r', './hook.cjs'],
  ],
  [['--inspect-port', '9229', '--cpu-prof', '--cpu-prof-dir', '/tmp'], []],
  [['--import=tsx', '-e', 'run()', '--input-type=module'], ['--import=tsx']],
  [['--report-on-signal', '--print', '1 + 1', '--experimental-strip-types'], ['--experimental-strip-types']],
])('of %j an agent gets %j', (options, passed) => {
  expect(optionsPassedOn(options)).toEqual(passed)
})
