import type { Attempt } from './event.js'
import { nothingSaid } from './nothing-said.js'
import { interrupted, type Fault } from './outcome.js'

/** An attempt of which nothing is known but that it began. */
export function cutAttempt(startedAt: string, fault: Fault = interrupted): Attempt {
  return { startedAt, durationMs: 0, outcome: { status: 'infra_error', transcript: nothingSaid(), fault } }
}
