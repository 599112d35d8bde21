import type { Place } from '../../domain/place.js'
import { STATUS_CODES } from 'node:http'
import type { Fault } from '../../domain/fault.js'
import { connectionFaults } from '../../domain/faults/connection-faults.js'
import { readRetryAfter } from '../../domain/retry-after.js'

/** The start of an HTTP answer, before its body. */
export interface StatusLine {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * The fault for an HTTP status with which the agent refused.
 *
 * @param body  The start of the answer's body; the message quotes its first 200 characters.
 * @param now  The time of day, for a Retry-After that is a date.
 */
export function statusFault({ status, headers }: StatusLine, body: string, place: Place, now: Date): Fault {
  return connectionFaults.httpStatus({
    place,
    status,
    phrase: STATUS_CODES[status] ?? '',
    body,
    location: String(headers['location'] ?? ''),
    retryAfterMs: readRetryAfter(headers['retry-after'], now),
  })
}
