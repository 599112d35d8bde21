import { endSentence } from '../excerpt.js'
import type { Place } from '../place.js'
import { fixTls, tlsFailed, type TlsFailure } from './tls-words.js'

/**
 * Why a hosted service gave no usable answer.
 *
 * - `unsent`: the request never reached the service.
 * - `lost`: the service may have the request, and may still be working on it.
 * - `answered`: the service has finished with the request without carrying it out.
 */
export interface ServiceTrouble {
  readonly kind: 'unsent' | 'lost' | 'answered'
  /** What went wrong, and what to do. */
  readonly message: string
  readonly status?: number
  /** How long the service asked us to wait before a retry. */
  readonly retryAfterMs?: number
  /** A retry would fail the same way. */
  readonly isFinal?: true
}

interface At {
  /** The service's address, without credentials and query. */
  readonly place: Place
}

/** Faults of one exchange with a hosted service. */
export const serviceTroubles = {
  // never sent
  tls: (p: TlsFailure): ServiceTrouble => ({
    ...unsent(`${tlsFailed(p)}. ${fixTls(p, 'base_url')}`),
    ...(p.problem !== 'cut_off' && { isFinal: true }),
  }),
  unreachable: (p: At & { reason: string }) =>
    unsent(`${p.place.name} cannot be reached (${p.place.quote(p.reason, 200)}). Correct base_url, or check the service and the network.`),

  // lost
  timedOut: (p: At & { withinMs: number }) => lost(`${p.place.name} did not answer within ${p.withinMs / 1000} s. Check the service.`),
  broken: (p: At & { reason: string }) =>
    lost(`The connection to ${p.place.name} was lost (${p.place.quote(p.reason, 200)}). Check the service and the network.`),
  tooLarge: (p: At & { mebibytes: number }) => lost(`${p.place.name} answered more than ${p.mebibytes} MiB. Start fewer runs at once.`),
  notJson: (p: At & { text: string }) =>
    lost(
      `${p.place.name} answered something that is not JSON (${p.place.quote(p.text, 100)}). Correct base_url, or check what stands before the service.`,
    ),
  closed: (p: At) => lost(`${p.place.name} closed the connection.`),
  silent: (p: At) => lost(`${p.place.name} has fallen silent.`),
  noResultId: (p: At) => lost(`${p.place.name} answered without the id of a result.`),

  // answered
  /** @param p.said  The service's explanation; `''` if there is none. */
  status: (p: At & { status: number; said: string; location: string | null; retryAfterMs: number | undefined }): ServiceTrouble => ({
    kind: gaveUp.has(p.status) ? 'lost' : 'answered',
    message: `${endSentence(`${p.place.name} answered ${p.status}${p.said && `: ${p.said}`}`)} ${adviceOn(p.status, p.location)}`,
    status: p.status,
    ...(p.retryAfterMs !== undefined && { retryAfterMs: p.retryAfterMs }),
  }),
}

/** Statuses of a proxy that stopped waiting: the service itself may still be working. */
const gaveUp: ReadonlySet<number> = new Set([408, 502, 504])

function unsent(message: string): ServiceTrouble {
  return { kind: 'unsent', message }
}

function lost(message: string): ServiceTrouble {
  return { kind: 'lost', message }
}

function adviceOn(status: number, location: string | null): string {
  if (status >= 300 && status < 400) return `It points to ${location ?? 'another place'}. If that is meant, write it as base_url.`
  switch (status) {
    case 401:
    case 403:
      return 'Check that api_key is a key of that service, and may do this.'
    case 404:
      return 'Check base_url, and that the key may see what is named.'
    case 429:
      return 'It takes no more requests for now.'
    default:
      return status < 500 ? 'Correct what was asked for.' : 'Check the service.'
  }
}
