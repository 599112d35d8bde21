import { readFileSync, statSync, type Stats } from 'node:fs'
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
    if (!stat.isFile() && !stat.isDirectory() && (at || !isHandedOver(path, stat))) throw new Error('it is not a regular file')
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

/**
 * Whether the suite itself comes through a pipe that was open when the program started, as from `<(...)` in a shell. A named
 * pipe that nobody writes to, or a device, would be read for ever.
 */
function isHandedOver(path: string, stat: Stats): boolean {
  return stat.isFIFO() && /^\/(dev\/(stdin$|fd\/)|proc\/)/.test(path)
}
