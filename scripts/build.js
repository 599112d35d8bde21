// Builds src/ into dist/: generates code from the schemas, compiles, copies the generated JavaScript, removes files
// without a source, and bundles the program.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const src = join(root, 'src')
const dist = join(root, 'dist')

run('scripts/generate.js')
// Generated files are older than this time. A file saved while we compile is newer, and makes the build stale.
const started = new Date()
run('node_modules/typescript/bin/tsc', '-p', root)

for (const file of filesIn(src)) {
  if (file.endsWith('.js') || file.endsWith('.d.ts')) copy(file)
}
for (const file of filesIn(dist)) {
  if (!hasSource(file)) rmSync(file)
}

run('scripts/bundle.js')

writeFileSync(join(dist, '.built'), '')
utimesSync(join(dist, '.built'), started, started)

/**
 * @param {string} script  Relative to the repository.
 * @param {string[]} args
 */
function run(script, ...args) {
  // Our output goes to stderr: stdout belongs to the program that builds us.
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
}

/** @param {string} file  A file in src/. */
function copy(file) {
  const target = join(dist, relative(src, file))
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(file, target)
}

/** @param {string} file  A file in dist/. */
function hasSource(file) {
  const name = relative(dist, file)
  if (name.startsWith('program')) return true
  const stem = name.replace(/(\.d\.ts|\.js)$/, '')
  return ['.ts', '.js', '.d.ts'].some(ending => existsSync(join(src, stem + ending)))
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}
