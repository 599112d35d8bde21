// Runs the golden cases. `npm run golden -- --update` rewrites them; review the diff.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const rest = args.filter(arg => arg !== '--update')

const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/golden', ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...(args.includes('--update') && { UPDATE_GOLDEN: '1' }) },
})
process.exitCode = status ?? 1
