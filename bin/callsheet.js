#!/usr/bin/env node
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { tmpdir } from 'node:os'

const args = process.argv.slice(2)
const brief = new Set(['validate', 'plan', 'ids', 'schema'])
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(`callsheet needs Node 20.19 or newer; this is Node ${process.versions.node}.`)
} else if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // Answered here, before anything else is imported, so that it is instant.
  print(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version)
} else {
  const entry = new URL('../dist/program/main.js', import.meta.url)
  if (existsSync(entry)) {
    if (major > 20) keepCompiledCode()
    // A command that only reads suites is over before optimized code pays for its making: only what runs much longer is optimized.
    // (Later versions do not know the flag, and say so.)
    else if (brief.has(args[0] ?? '')) process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=3000000')
    const program = await import(entry.href).catch(notLoaded)
    if (program) process.exitCode = await program.main(args)
  } else {
    refuse('callsheet is not built yet: run `npm run build`.')
  }
}

/** From Node 22 on, what was compiled once need not be again. */
function keepCompiledCode() {
  const { enableCompileCache } = /** @type {{ enableCompileCache?: () => void }} */ (module)
  try {
    // Node would try for ever to make its folder in some that are not there, such as /proc/x.
    accessSync(tmpdir(), constants.W_OK)
    enableCompileCache?.()
  } catch {
    // Without.
  }
}

/**
 * From here on, the program reports its own failures.
 *
 * @param {unknown} cause
 */
function notLoaded(cause) {
  const { message, code, stack } = /** @type {NodeJS.ErrnoException} */ (cause)
  const hint = code === 'EMFILE' || code === 'ENFILE' ? ' Raise the limit of open files (ulimit -n).' : ''
  console.error(`error: Callsheet cannot be loaded: ${message.split('\n', 1)[0]}.${hint}`)
  if (args.includes('--debug')) console.error(stack)
  process.exitCode = 3
}

/** @param {string} line */
function print(line) {
  process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ { code, message }) => {
    if (code === 'EPIPE') return
    console.error(`error: Standard output could not be written: ${code === 'ENOSPC' ? 'the disk is full (ENOSPC)' : message}.`)
    process.exitCode = 3
  })
  process.stdout.write(`${line}\n`)
}

/** @param {string} why */
function refuse(why) {
  console.error(why)
  process.exitCode = 2
}
