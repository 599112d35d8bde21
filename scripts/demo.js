// Runs the example suite as a newcomer would, then shows where the reports are and what to try next.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = ['run', 'suites/clinic/suite.yaml', '--junit', 'junit.xml', '--json', 'report.json', '--html', 'report.html']

console.error(`$ callsheet ${args.join(' ')}\n`)
const { status } = spawnSync(process.execPath, ['bin/callsheet.js', ...args], { cwd: root, stdio: 'inherit' })

console.log(`
Reports: junit.xml (for CI), report.json (everything, for programs)

Try next:
  CLINIC_BUG=double_booking npm start   plant a bug in the demo's agent, and see it caught
  npx callsheet init                    start a suite of your own
  docs/                                 how to write suites, and what each report holds

Open in a browser: ${join(root, 'report.html')}`)

process.exitCode = status ?? 1
