import type { Attempt } from './event.js'
import type { Fault } from './fault.js'
import { callFaults } from './faults/call-faults.js'
import { nothingSaid } from './nothing-said.js'

/** An attempt of which nothing but its start is known. */
export function cutAttempt(startedAt: string, fault: Fault = callFaults.interrupted()): Attempt {
  return { startedAt, durationMs: 0, outcome: { status: 'infra_error', transcript: nothingSaid(), fault } }
}
