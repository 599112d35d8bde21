import { createKey } from '../app/serve/projects.js'
import { exit, type ExitCode } from './exit.js'

/** `callsheet key`: a new API key. It is shown once; files keep its hash. */
export function key(): ExitCode {
  const made = createKey()
  process.stdout.write(`key   ${made.key}\nhash  ${made.hash}\n`)
  return exit.passed
}
