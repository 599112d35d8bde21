import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from './usage-error.js'

/** @throws {UsageError} when there is such a file already and it may not be replaced. */
export function refuseOverwriting(path: string | undefined, force: boolean): void {
  if (path !== undefined && !force && existsSync(path)) {
    throw new UsageError(`There is already ${path}; nothing was written. Name another file, or replace it: --force.`)
  }
}

/** Writes a file, and the folders it is in. @throws {UsageError} when it cannot be written. */
export function writeText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (cause) {
    throw new UsageError(`Cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}
