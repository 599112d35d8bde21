import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** For what others on the machine must not read: conversations are in it. */
export const privateFolder = 0o700
export const privateFile = 0o600

/**
 * Creates a folder and the missing ones above it, one at a time: Node's recursive `mkdir` never returns below `/proc`.
 *
 * @param mode  Of the folder itself if it is missing. Default: what the umask leaves, as for those above it.
 * @returns The folders that were missing, topmost first.
 * @throws The system's error.
 */
export function makeFolders(path: string, mode?: number): string[] {
  const missing: string[] = []
  for (let at = path; !existsSync(at); at = dirname(at)) missing.unshift(at)
  if (missing.length === 0 && !isFolder(path)) mkdirSync(path)
  for (const folder of missing) makeOne(folder, folder === path ? mode : undefined)
  return missing
}

/** Whether a folder could be made, or written to if it exists. Leaves no folder behind. @throws The system's error. */
export function tryFolders(path: string): void {
  for (const folder of makeFolders(path).toReversed()) rmdirSync(folder)
}

/** Another process may make the same folder at the same time. */
function makeOne(folder: string, mode: number | undefined): void {
  try {
    mkdirSync(folder, { mode })
  } catch (cause) {
    if (!isFolder(folder)) throw cause
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
