import type { Fault } from './fault.js'
import type { Transcript } from './transcript.js'
import type { Verdict } from './verdict.js'

/**
 * Why a planned run was not started. `not_held`: in a result that was rescored, it is wanted now, but was left out when
 * the conversations were held.
 */
export type NotRunReason = StopReason | 'decided' | 'not_held'

/** What ends a suite early. */
export type StopReason = 'cancelled' | 'max_failures' | 'max_cost' | 'suite_timeout' | 'crashed'

/**
 * How a run ended. *Failed* means the agent erred; *errored* means we could not tell.
 * A pass or a failure has a verdict; a fault never does.
 */
export type Outcome =
  | { readonly status: 'passed' | 'failed' | 'unscored'; readonly transcript: Transcript; readonly verdict: Verdict }
  | { readonly status: 'agent_error' | 'infra_error'; readonly transcript: Transcript; readonly fault: Fault }
  | { readonly status: 'caller_invalid'; readonly transcript: Transcript; readonly reason: string }
  | { readonly status: 'not_run'; readonly reason: NotRunReason }

export type OutcomeStatus = Outcome['status']

/** Whether it is held against the agent. */
export function countsAgainstAgent(status: OutcomeStatus): boolean {
  return status === 'failed' || status === 'agent_error'
}

/** Whether it was stopped by us: neither the agent's doing nor a try that counts. */
export function wasInterrupted(outcome: Outcome): boolean {
  return outcome.status === 'infra_error' && outcome.fault.code === 'interrupted'
}

/** How a conversation ended that has been scored. */
export function scored(transcript: Transcript, verdict: Verdict): Outcome {
  const status = ({ yes: 'passed', no: 'failed', unknown: 'unscored' } as const)[verdict.holds]
  return { status, transcript, verdict }
}

/** In the order reports show them. */
export const outcomeStatuses = [
  'passed',
  'failed',
  'agent_error',
  'infra_error',
  'caller_invalid',
  'unscored',
  'not_run',
] as const satisfies readonly OutcomeStatus[]
