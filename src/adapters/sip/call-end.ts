import { parseChallenge } from './challenge.js'
import { isChallenge, type Final } from './core.js'
import type { SipResponse } from './message.js'
import { parseNameAddr } from './name-addr.js'
import { reasonIn } from './reason-header.js'

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
  /** Where a redirect (3xx) says to call instead: the first of its contacts. */
  readonly contact?: string | undefined
  /** How it asks who we are, where that is in no way that we know: `Basic`; `''` without any. */
  readonly asks?: string | undefined
  /** How long it asked us to wait before we call again. */
  readonly retryAfterMs?: number | undefined
  /** How long our INVITE was, if it got lost and is longer than every network carries in a datagram. */
  readonly datagramBytes?: number | undefined
  /** Why nothing of what came back could be read, as a clause. */
  readonly unread?: string | undefined
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

/** Gateways answer with these whatever the telephone network said; only Reason has it. */
const vague: ReadonlySet<number> = new Set([480, 487, 500, 503])

/** The end that a failed INVITE makes. */
export function endOfFinal(final: Final): Omit<CallEnd, 'wasAnswered'> {
  if (final.kind === 'lost') {
    return final.why === 'unreachable'
      ? { by: 'network', cause: 'unreachable', words: '', error: final.cause }
      : { by: 'network', cause: final.why === 'timeout' ? 'timeout' : 'unreachable', words: '', error: final.cause }
  }
  const { headers } = final
  const reason = reasonIn(headers)
  const status = vague.has(final.status) ? (reason?.status ?? final.status) : final.status
  const [seconds] = /^\d{1,6}/.exec(headers.get('Retry-After') ?? '') ?? []
  const retryAfterMs = seconds === undefined ? undefined : Number(seconds) * 1000
  const words = reason?.text || final.reason
  const contact = status < 400 ? parseNameAddr(headers.listed('Contact')[0] ?? '')?.uri : undefined
  const cause = isChallenge(final) ? 'unauthorized' : 'refused'
  return { by: 'them', cause, status, words, contact, retryAfterMs, asks: isChallenge(final) ? unknownChallenge(final) : undefined }
}

/** @returns `undefined` where one of the challenges can be answered. */
function unknownChallenge({ status, headers }: SipResponse): string | undefined {
  const challenges = headers.all(status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate')
  return challenges.some(value => parseChallenge(value)) ? undefined : (challenges[0] ?? '')
}
