// Prepares a fresh clone: installs missing packages and rebuilds a stale build. Needs only Node and npm.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedFiles } from './generated-files.js'

const root = fileURLToPath(new URL('..', import.meta.url))

if (!installed()) {
  say('installing dependencies (npm ci)')
  // npm passes its path to scripts; a bare `node scripts/setup.js` looks it up on the PATH.
  const npm = process.env['npm_execpath']
  if (npm?.endsWith('.js')) run(process.execPath, [npm, 'ci', '--include=dev'])
  else run('npm', ['ci', '--include=dev'], process.platform === 'win32')
}

if (!built()) {
  say('building dist/')
  run(process.execPath, [join(root, 'scripts/build.js')])
}

/** Whether node_modules matches package-lock.json, by npm's own record of what it installed. */
function installed() {
  const noteFile = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(noteFile)) return false
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const found = packagesIn(noteFile)
  return Object.entries(wanted).every(([path, want]) => {
    if (path === '') return true
    const have = found[path]
    // npm skips optional packages for other platforms.
    return have ? have.version === want.version && have.integrity === want.integrity : want.optional === true
  })
}

/** Whether nothing generated is missing, and no source is newer than the build. Folders count too, because removing a file changes them. */
function built() {
  const stamp = join(root, 'dist/.built')
  if (!existsSync(stamp)) return false
  const builtAt = changedAt(stamp)
  if (!Object.values(generatedFiles).every(name => existsSync(join(root, name)))) return false
  const folders = ['src', 'schemas'].map(name => join(root, name))
  const sources = folders.flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)))
  const scripts = ['build.js', 'generate.js', 'schema-types.js', 'bundle-view.js'].map(name => `scripts/${name}`)
  const settings = ['tsconfig.json', 'package-lock.json', ...scripts].map(name => join(root, name))
  return [...folders, ...sources, ...settings].every(path => changedAt(path) <= builtAt)
}

/** @param {string} path */
function changedAt(path) {
  return statSync(path).mtimeMs
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args, shell = false) {
  // Our output goes to stderr: stdout belongs to the program that runs next.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['inherit', 2, 2], shell })
  if (error) say(error.message)
  if (status !== 0) {
    say(`failed: ${[command, ...args].join(' ')}`)
    process.exit(status ?? 1)
  }
}

/** @param {string} what */
function say(what) {
  console.error(`setup: ${what}`)
}
