import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Creates a folder and the missing ones above it, one at a time: Node's recursive `mkdir` never returns below `/proc`.
 *
 * @returns The folders that were missing, topmost first.
 * @throws The system's error.
 */
export function makeFolders(path: string): string[] {
  const missing: string[] = []
  for (let at = path; !existsSync(at); at = dirname(at)) missing.unshift(at)
  if (missing.length === 0 && !isFolder(path)) mkdirSync(path)
  for (const folder of missing) makeOne(folder)
  return missing
}

/** Whether a folder could be made, or written to if it exists. Leaves no folder behind. @throws The system's error. */
export function tryFolders(path: string): void {
  for (const folder of makeFolders(path).toReversed()) rmdirSync(folder)
}

/** Another process may make the same folder at the same time. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (cause) {
    if (!isFolder(folder)) throw cause
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
