import { safeText } from '../domain/safe-text.js'
import { withShownAddresses } from '../domain/shown-address.js'

/** Whether to colour a stream: a terminal, unless NO_COLOR (no-color.org) or FORCE_COLOR says otherwise. */
export function hasColour(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR) return false
  if (FORCE_COLOR && FORCE_COLOR !== '0') return true
  return stream.isTTY === true && TERM !== 'dumb'
}

/** Columns of a terminal; `undefined` where output goes elsewhere. */
export function widthOf({ isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): number | undefined {
  return isTTY && columns ? columns : undefined
}

/** Whether the locale says that the terminal shows UTF-8. The first of these variables that is set counts, as in POSIX. */
export function isUnicode(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
}

/** What became of standard output. */
export interface Output {
  /** Why it could not be written; `undefined` if it could, or if its reader closed it. */
  failure(): Promise<string | undefined>
}

/**
 * Keeps running when the reader closes early, as `| head` does, or the disk is full: the rest of the output is dropped. There is
 * nobody to tell about standard error.
 */
export function surviveOutput(): Output {
  let why: string | undefined
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') why ??= code === 'ENOSPC' ? 'the disk is full (ENOSPC)' : message
  })
  process.stderr.on('error', () => undefined)
  return {
    async failure() {
      // A stream tells of its errors a moment later.
      await new Promise(resolve => setImmediate(resolve))
      return why
    },
  }
}

/** Prints an error on standard error. Messages quote what suites, agents and services say, and arguments, which may be addresses by mistake. */
export function printError(message: string): void {
  process.stderr.write(`error: ${safeText(withShownAddresses(message))}\n`)
}

/** Prints a warning on standard error. */
export function printWarning(message: string): void {
  process.stderr.write(`warning: ${safeText(withShownAddresses(message))}\n`)
}

/** Writes, and waits for a slow reader. A closed reader is not an error. */
export function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise(resolve => {
    if (text === '' || stream.destroyed) return resolve()
    stream.write(text, () => resolve())
  })
}
