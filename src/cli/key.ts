import { createKey } from '../app/serve/projects.js'
import { exit, type ExitCode } from './exit.js'

/** `callsheet key`: makes an API key. It is shown once; files keep only its hash. */
export function key(): ExitCode {
  const made = createKey()
  process.stdout.write(`key   ${made.key}\nhash  ${made.hash}\n`)
  return exit.passed
}
