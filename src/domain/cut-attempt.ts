import type { Attempt } from './event.js'
import { interrupted, type Fault } from './outcome.js'

/** An attempt of which nothing is known but that it began. */
export function cutAttempt(startedAt: string, fault: Fault = interrupted): Attempt {
  const ending = { by: 'limit', reason: 'run-cancelled-by-user', atS: 0 } as const
  return { startedAt, durationMs: 0, outcome: { status: 'infra_error', transcript: { moments: [], metadata: {}, ending }, fault } }
}
