import { exchangeMessages } from './exchange-messages.js'
import { loadMessages } from './load-messages.js'
import type { Message } from './load-messages.js'
import { planMessages } from './plan-messages.js'
import { serveMessages } from './serve-messages.js'
import type { Span } from './source.js'

/** A mistake of the suite's author, as data. All of them are collected and shown at once. */
export interface Diagnostic {
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** What is wrong, in a sentence. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** The place at fault. Absent if it is not in a file (a missing file, a command line option). */
  readonly at?: Span
  /** Another place involved. */
  readonly related?: Related
}

export interface Related {
  /** What is there, in a sentence. */
  readonly note: string
  readonly at: Span
}

const messages = { ...loadMessages, ...planMessages, ...exchangeMessages, ...serveMessages }

/** The codes of the diagnostics of loading, planning, importing, exporting and serving. */
export type DiagnosticCode = keyof typeof messages

/** The details that the message of a code needs. */
export type DetailsOf<Code extends DiagnosticCode> = Parameters<(typeof messages)[Code]>[0]

/** Makes a diagnostic, with the catalogue's message for its code. */
export function diagnose<Code extends DiagnosticCode>(code: Code, details: DetailsOf<Code>, at?: Span, related?: Related): Diagnostic {
  const write = messages[code] as (details: DetailsOf<Code>) => Message
  const { severity = 'error', message, hint } = write(details)
  return { code, severity, message, ...(hint && { hint }), ...(at && { at }), ...(related && { related }) }
}
