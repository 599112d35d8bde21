// Builds src/ into dist/: compiles, copies the generated JavaScript, and removes what no longer has a source.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const src = join(root, 'src')
const dist = join(root, 'dist')
const started = new Date()

const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], { stdio: 'inherit' })
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

for (const file of filesIn(src)) {
  if (file.endsWith('.js') || file.endsWith('.d.ts')) copy(file)
}
for (const file of filesIn(dist)) {
  if (!hasSource(file)) rmSync(file)
}

// Dated from the start: a file saved while we were compiling is newer than the build.
writeFileSync(join(dist, '.built'), '')
utimesSync(join(dist, '.built'), started, started)

/** @param {string} file  A file in src/. */
function copy(file) {
  const target = join(dist, relative(src, file))
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(file, target)
}

/** @param {string} file  A file in dist/. */
function hasSource(file) {
  const name = relative(dist, file)
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
