import { exchangeMessages } from './exchange-messages.js'
import { loadMessages } from './load-messages.js'
import type { Message } from './load-messages.js'
import { planMessages } from './plan-messages.js'
import { serveMessages } from './serve-messages.js'
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
  /** Another place that has to do with it. */
  readonly related?: Related
}

export interface Related {
  /** What is there, in a sentence. */
  readonly note: string
  readonly at: Span
}

const messages = { ...loadMessages, ...planMessages, ...exchangeMessages, ...serveMessages }

/** The codes of what loading, planning, importing, exporting and serving report. */
export type DiagnosticCode = keyof typeof messages

/** What the message of a code has to be told. */
export type DetailsOf<Code extends DiagnosticCode> = Parameters<(typeof messages)[Code]>[0]

/** Makes a diagnostic, in the words of the catalogue. */
export function diagnose<Code extends DiagnosticCode>(code: Code, details: DetailsOf<Code>, at?: Span, related?: Related): Diagnostic {
  const write = messages[code] as (details: DetailsOf<Code>) => Message
  const { severity = 'error', message, hint } = write(details)
  return { code, severity, message, ...(hint && { hint }), ...(at && { at }), ...(related && { related }) }
}
