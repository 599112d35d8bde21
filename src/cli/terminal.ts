import { safeText } from '../domain/safe-text.js'

/** Whether to colour a stream: a terminal, unless NO_COLOR (no-color.org) or FORCE_COLOR says otherwise. */
export function hasColour(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR) return false
  if (FORCE_COLOR && FORCE_COLOR !== '0') return true
  return stream.isTTY === true && TERM !== 'dumb'
}

/** Keeps running when the reader closes early, as `| head` does: the rest of the output is dropped. */
export function survivePipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

/** Prints an error on standard error. Messages quote what suites, agents and services say. */
export function printError(message: string): void {
  process.stderr.write(`error: ${safeText(message)}\n`)
}

/** Writes, and waits for a slow reader. A closed reader is not an error. */
export function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise(resolve => {
    if (text === '' || stream.destroyed) return resolve()
    stream.write(text, () => resolve())
  })
}
