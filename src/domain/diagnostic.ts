import type { Span } from './source.js'

/** A mistake of the suite's author, as data: all of them are collected and shown at once. */
export interface Diagnostic {
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** What is wrong, in a sentence. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** Where; absent where no place of a file is at fault (a missing file, a command line option). */
  readonly at?: Span
}
