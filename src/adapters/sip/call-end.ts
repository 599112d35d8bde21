import type { HeaderList } from './header-list.js'
import type { Final } from './core.js'
import type { SipMessage } from './message.js'
import { unquoted } from './params.js'

/** How a call ended. */
export interface CallEnd {
  /** `network`: nobody said so; the far side was lost, or never found. */
  readonly by: 'us' | 'them' | 'network'
  readonly wasAnswered: boolean
  readonly cause: EndCause
  /** The status of SIP that ended it, or that a Reason header names. */
  readonly status?: number | undefined
  /** What the far side said of it: the text of its Reason, or its reason phrase; `''` if nothing. */
  readonly words: string
  /** How long it asked us to wait before we call again. */
  readonly retryAfterMs?: number | undefined
  /** Why the far side could not be reached: a network error. */
  readonly error?: unknown
}

export type EndCause =
  /** One side hung up an answered call. */
  | 'hung_up'
  /** Our side gave the call up before it was answered. */
  | 'cancelled'
  /** It rang for longer than we wait. */
  | 'no_answer'
  /** A final response refused it; see `status`. */
  | 'refused'
  /** 401 or 407 after our one try, or without a password. */
  | 'unauthorized'
  /** No response came. */
  | 'timeout'
  /** No connection, no address, no route; see `error`. */
  | 'unreachable'
  /** No codec in common, or only one side requires SRTP. */
  | 'no_common_media'
  /** No refresh of the session came in time, or ours got no answer. */
  | 'session_expired'
  /** Our 2xx was never acknowledged. */
  | 'unacknowledged'

/** The end that a failed INVITE makes. */
export function endOfFinal(final: Final): Omit<CallEnd, 'wasAnswered'> {
  if (final.kind === 'lost') {
    return final.why === 'unreachable'
      ? { by: 'network', cause: 'unreachable', words: '', error: final.cause }
      : { by: 'network', cause: final.why === 'timeout' ? 'timeout' : 'unreachable', words: '', error: final.cause }
  }
  const { status, headers } = final
  const [seconds] = /^\d{1,6}/.exec(headers.get('Retry-After') ?? '') ?? []
  const retryAfterMs = seconds === undefined ? undefined : Number(seconds) * 1000
  return { by: 'them', cause: status === 401 || status === 407 ? 'unauthorized' : 'refused', status, words: wordsOf(final), retryAfterMs }
}

/** The status that a Reason header names, if it is one of SIP (RFC 3326). */
export function statusInReason(headers: HeaderList): number | undefined {
  for (const reason of headers.listed('Reason')) {
    const [, status] = /^SIP\s*;.*?\bcause\s*=\s*(\d{3})\b/i.exec(reason) ?? []
    if (status !== undefined) return Number(status)
  }
  return undefined
}

/** What a message says of why a call ends. */
export function wordsOf(message: SipMessage): string {
  for (const reason of message.headers.listed('Reason')) {
    const [, text] = /;\s*text\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)/i.exec(reason) ?? []
    if (text !== undefined) return unquoted(text)
  }
  return message.kind === 'response' ? message.reason : ''
}
