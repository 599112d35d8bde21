import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const adapters = new URL('../../../dist/adapters/', import.meta.url)

/** Opens what there is, then starts a program twice: nothing but an error that it can catch may come of it. */
const script = `
import { openSync } from 'node:fs'
import { openProgram } from '${new URL('channels/command/program-pipe.js', adapters)}'
import { startModuleChild } from '${new URL('channels/module/child.js', adapters)}'
import { noMask } from '${new URL('../domain/mask.js', adapters)}'
import { Place } from '${new URL('../domain/place.js', adapters)}'
const said = []
const use = { place: new Place('Command true'), clock: { now: () => 0, after: () => () => {} } }
try { for (;;) openSync('/dev/null') } catch (error) { said.push(error.code) }
try { openProgram({ command: ['true'], cwd: '/', env: {} }, use, {}) } catch (error) { said.push(error.fault.code) }
const child = startModuleChild({ path: '/' }, noMask, { message: () => {}, ended: how => said.push(how) })
await child.gone
console.log(JSON.stringify(said))
`

test.skipIf(process.platform === 'win32')('without open files left no agent starts, and nothing ends for it', () => {
  const run = ['ulimit -n 100; exec "$0" --input-type=module -e "$1"', process.execPath, script]
  const said: unknown = JSON.parse(execFileSync('sh', ['-c', ...run], { cwd: fileURLToPath(adapters), encoding: 'utf8' }))
  expect(said).toEqual(['EMFILE', 'cannot_load', expect.stringMatching(/^could not be run \(.*EMFILE/)])
})
