import { cutAttempt } from '../../../domain/cut-attempt.js'
import { callFaults } from '../../../domain/faults/call-faults.js'
import { wasInterrupted } from '../../../domain/outcome.js'
import { runsOf } from '../../../domain/plan.js'
import { runEnded } from '../../../domain/run-ended.js'
import type { Clock } from '../../../ports/clock.js'
import type { Order } from '../../executor.js'

/** A run that this many crashes of the server cut off is not retried: the run may be the reason. */
const cutsAtMost = 2

/**
 * Ends the runs that may be crashing the server, so that it does not crash and restart forever.
 *
 * @returns Their indexes.
 */
export function endDeadlyRuns({ prepared, earlier, hasEnded, emit }: Order, clock: Clock): ReadonlySet<number> {
  const ended = new Set<number>()
  for (const entry of prepared.plan.entries) {
    for (const spec of runsOf(entry)) {
      const { index } = spec
      const attempts = earlier(index)
      if (hasEnded(index) || attempts.filter(({ outcome }) => wasInterrupted(outcome)).length < cutsAtMost) continue
      const at = clock.date().toISOString()
      emit(
        runEnded(spec, { at, last: cutAttempt(attempts.at(-1)?.startedAt ?? at, callFaults.serverDied()), earlier: attempts.slice(0, -1) }),
      )
      ended.add(index)
    }
  }
  return ended
}
