import type { Attempt, RunEnded } from '../../domain/event.js'
import { isFlaky } from '../../domain/run-ended.js'

/** A run that was conducted again: the earlier run becomes an attempt of it, as if it had been retried. */
export function withRetry(before: RunEnded, again: RunEnded): RunEnded {
  if (again.outcome.status === 'not_run') return before
  if (before.outcome.status === 'not_run') return again
  const earlier = [...before.earlier, attemptOf(before), ...again.earlier]
  return { ...again, earlier, flaky: isFlaky(again.outcome, earlier) }
}

function attemptOf({ at, startedAt = at, durationMs, outcome, usage }: RunEnded): Attempt {
  return { startedAt, durationMs, outcome, ...(usage && { usage }) }
}
