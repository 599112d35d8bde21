import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Environment } from '../domain/environment.js'
import { UsageError } from './usage-error.js'

/** The process's environment and, below it, the files. A later file overrides an earlier one; the process overrides both. */
export function readEnvironment(files: readonly string[] = []): Environment {
  return Object.assign({}, ...files.map(readFile), process.env) as Environment
}

function readFile(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new UsageError(`Cannot read --env-file ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}
