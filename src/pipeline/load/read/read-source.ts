import { readFileSync, statSync } from 'node:fs'
import type { SourceFile, Span } from '../../../domain/source.js'
import type { Problems } from '../problems.js'

/** Far larger than any handwritten suite; reading more would take minutes. */
const largestBytes = 4 * 1024 * 1024

/**
 * Reads a file of the suite.
 *
 * @param path  Absolute.
 * @param shownAs  The path for people.
 * @param at  Where the suite names the file; absent for the suite file itself.
 * @returns `undefined` if it cannot be read; that is reported.
 */
export function readSource(path: string, shownAs: string, problems: Problems, at?: Span): SourceFile | undefined {
  let bytes: Buffer
  try {
    const stat = statSync(path)
    const { size } = stat
    // A pipe that nobody writes to would be read for ever. The suite itself may come through one.
    if (at && !stat.isFile() && !stat.isDirectory()) throw new Error('it is not a regular file')
    if (size > largestBytes) {
      problems.report('FILE_TOO_LARGE', { path: shownAs, bytes: size, largestBytes }, at)
      return undefined
    }
    bytes = readFileSync(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      problems.report(at ? 'INCLUDE_MISSING' : 'FILE_MISSING', { path: shownAs }, at)
    } else if (code === 'EISDIR') problems.report('FILE_IS_FOLDER', { path: shownAs }, at)
    else problems.report('FILE_UNREADABLE', { path: shownAs, reason: message }, at)
    return undefined
  }
  try {
    return { path: shownAs, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    problems.report('FILE_NOT_UTF8', { path: shownAs }, at)
    return undefined
  }
}
