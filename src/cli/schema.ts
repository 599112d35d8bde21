import { readFileSync } from 'node:fs'
import { exit, type ExitCode } from './exit.js'

/** `callsheet schema`: prints one of the JSON Schemas. */
export function schema(name: string): ExitCode {
  process.stdout.write(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'))
  return exit.passed
}
