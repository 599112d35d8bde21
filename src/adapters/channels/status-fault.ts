import { STATUS_CODES } from 'node:http'
import type { Fault } from '../../domain/outcome.js'
import { quote } from './faults.js'

/** What an HTTP answer says of itself before its body. */
export interface StatusLine {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * The agent refused by an HTTP status.
 *
 * @param body  The start of the answer's body; its first 200 characters are quoted.
 * @param now  The time of day, for a Retry-After that is a date.
 */
export function statusFault({ status, headers }: StatusLine, body: string, place: string, now: Date): Fault {
  const retryAfterMs = readRetryAfter(headers['retry-after'], now)
  const words = quote(body, 200)
  const location = String(headers['location'] ?? '')
  return {
    by: 'agent',
    code: 'http_status',
    status,
    message:
      `${place} answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd() +
      (words ? `, "${words}"` : '') +
      `: ${adviceFor(status, location)}.`,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

function adviceFor(status: number, location: string): string {
  if (status === 304 || status < 300) return 'the agent must answer otherwise'
  if (status < 400) return `redirects are not followed, put the final address (${quote(location, 200) || 'not given'}) into the connection`
  switch (status) {
    case 401:
    case 403:
      return "check the connection's headers and keys"
    case 404:
    case 405:
      return "check the connection's address and method"
    case 400:
    case 413:
    case 415:
    case 422:
      return 'check what the connection sends'
    case 429:
      return "lower the agent's limits.concurrency or limits.starts_per_second"
    default:
      return status < 500 ? 'check what the connection sends' : "look at the agent's log"
  }
}

/**
 * How long a Retry-After header (RFC 9110, 10.2.3: seconds, or a date) asks to wait, in milliseconds.
 * `undefined` where there is none that can be read.
 */
export function readRetryAfter(header: string | string[] | undefined, now: Date): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
