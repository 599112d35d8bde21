import { STATUS_CODES } from 'node:http'
import type { Fault } from '../../domain/fault.js'
import { connectionFaults } from '../../domain/faults/connection-faults.js'
import { readRetryAfter } from '../../domain/retry-after.js'

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
  return connectionFaults.httpStatus({
    place,
    status,
    phrase: STATUS_CODES[status] ?? '',
    body,
    location: String(headers['location'] ?? ''),
    retryAfterMs: readRetryAfter(headers['retry-after'], now),
  })
}
