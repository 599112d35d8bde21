import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setTimeout as wait } from 'node:timers/promises'
import { countAlive } from '../contract/pid-file.js'
import { root, temporaryFolder } from '../suites/callsheet.js'

/** A program that stays whatever happens to its input and its parent, and so does its child. */
const program = `
require('node:fs').appendFileSync('pids', process.pid + '\\n')
if (process.argv[2] !== 'child') require('node:child_process').spawn(process.execPath, [__filename, 'child'])
process.on('SIGTERM', () => {})
setInterval(() => {}, 1000)
`

/** A module that never gives way again. */
const module = `
import { appendFileSync } from 'node:fs'
export default () => {
  appendFileSync('pids', process.pid + '\\n')
  for (;;);
}
`

test.each([
  ['a program', { type: 'command', command: [process.execPath, 'agent.cjs'] }, 'agent.cjs', program, 6],
  ['a module', { type: 'module', path: 'agent.mjs' }, 'agent.mjs', module, 1],
])('%s that is an agent does not outlive us, even if we are killed', async (_what, connection, file, code, processes) => {
  using folder = temporaryFolder()
  const pids = join(folder.path, 'pids')
  writeFileSync(join(folder.path, file), code)
  const suite = {
    version: 1,
    suite: { name: 'Stays' },
    agents: { stays: { connection } },
    scenarios: { waits: { frequency: 3, script: { first_message: 'Hi.' }, expect: [{ agent_says: { contains: 'hi' } }] } },
  }
  writeFileSync(join(folder.path, 'suite.yaml'), JSON.stringify(suite))
  const ours = spawn(process.execPath, [join(root, 'bin/callsheet.js'), 'run', 'suite.yaml'], { cwd: folder.path, stdio: 'ignore' })
  await until(() => countAlive(pids) === processes)
  ours.kill('SIGKILL')
  // It gets two seconds to heed SIGTERM.
  await until(() => countAlive(pids) === 0)
  expect(countAlive(pids)).toBe(0)
})

async function until(isSo: () => boolean): Promise<void> {
  const untilMs = performance.now() + 20_000
  while (!isSo() && performance.now() < untilMs) await wait(20)
}
