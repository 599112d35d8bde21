import { existsSync } from 'node:fs'
import { writeWhole } from '../app/write-whole.js'
import { UsageError } from './usage-error.js'

/** @throws {UsageError} when the file exists and must not be overwritten. */
export function refuseOverwriting(path: string | undefined, force: boolean): void {
  if (path !== undefined && !force && existsSync(path)) {
    throw new UsageError(`${path} already exists, so nothing was written. Name another file, or overwrite it with --force.`)
  }
}

/** Writes a file, and creates its folders. @throws {UsageError} when that fails. */
export function writeText(path: string, text: string): void {
  try {
    writeWhole(path, text)
  } catch (cause) {
    throw new UsageError(`Cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}
