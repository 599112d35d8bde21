// All checks before a merge, cheapest first. Stops at the first failure. --code: without the tests.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @type {[title: string, ...command: string[]][]} */
const steps = [
  ['setup', 'scripts/setup.js'],
  ['layout', 'node_modules/oxfmt/bin/oxfmt', '--check'],
  ['types of src', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'],
  ['types of the page', 'node_modules/typescript/bin/tsc', '-p', 'src/view'],
  ['types of tests, benchmarks and scripts', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'],
  ['lint and import rules', 'node_modules/oxlint/bin/oxlint'],
]
if (!process.argv.includes('--code')) steps.push(['tests', 'node_modules/vitest/vitest.mjs', 'run'])

for (const [title, ...command] of steps) {
  console.log(`\n== ${title}`)
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.log(`\ncheck failed at: ${title}`)
    process.exit(status ?? 1)
  }
}
console.log('\ncheck passed')
