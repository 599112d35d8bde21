import type { Retries } from '../../domain/document.js'
import type { Attempt } from '../../domain/event.js'
import type { FaultCode } from '../../domain/fault.js'
import { wasInterrupted, type Outcome } from '../../domain/outcome.js'
import type { Random } from '../../ports/clock.js'

const firstDelayMs = 500
const longestDelayMs = 30_000
/** Limit for an agent's Retry-After. */
const longestRetryAfterMs = 120_000

/** A retry would fail the same way or, if the judge failed, tell nothing new. */
const hopeless: ReadonlySet<FaultCode> = new Set(['not_started', 'cannot_load', 'judge_model', 'interrupted', 'internal'])

/**
 * Whether and when to retry an attempt: exponential back-off from 0.5 s to 30 s, with its second half random so that runs do
 * not come back all at once, and no sooner than `Retry-After` asks.
 *
 * @returns Milliseconds, or `undefined` if this was the last attempt.
 */
export function retryDelayMs(outcome: Outcome, earlier: readonly Attempt[], retries: Retries, random: Random): number | undefined {
  const allowed = allowedFor(outcome, retries)
  const used = earlier.filter(attempt => attempt.outcome.status === outcome.status && !wasInterrupted(attempt.outcome)).length
  if (used >= allowed) return undefined
  if ('fault' in outcome && (outcome.fault.isFinal || hopeless.has(outcome.fault.code))) return undefined
  const backOffMs = Math.min(longestDelayMs, firstDelayMs * 2 ** used) * (0.5 + random() / 2)
  const askedMs = 'fault' in outcome ? (outcome.fault.retryAfterMs ?? 0) : 0
  return Math.round(Math.max(backOffMs, Math.min(askedMs, longestRetryAfterMs)))
}

function allowedFor(outcome: Outcome, retries: Retries): number {
  switch (outcome.status) {
    case 'infra_error':
    case 'caller_invalid':
      return retries.infraError
    case 'agent_error':
      return retries.agentError
    case 'failed':
      return retries.failed
    default:
      return 0
  }
}
