import type { Fault } from './fault.js'
import type { Transcript } from './transcript.js'
import type { Verdict } from './verdict.js'

/**
 * Why a planned run was not started. `not_held`: the run is missing in a rescored result, because the original result left
 * it out and the suite now wants it.
 */
export type NotRunReason = StopReason | 'decided' | 'not_held'

/** Why a suite stopped early. */
export type StopReason = 'cancelled' | 'max_failures' | 'max_cost' | 'suite_timeout' | 'crashed'

/**
 * How a run ended. *Failed* means that the agent erred; *errored* means that the run is inconclusive. Only a scored run has
 * a verdict, and only an errored one has a fault.
 */
export type Outcome =
  | { readonly status: 'passed' | 'failed' | 'unscored'; readonly transcript: Transcript; readonly verdict: Verdict }
  | { readonly status: 'agent_error' | 'infra_error'; readonly transcript: Transcript; readonly fault: Fault }
  | { readonly status: 'caller_invalid'; readonly transcript: Transcript; readonly reason: string }
  | { readonly status: 'not_run'; readonly reason: NotRunReason }

export type OutcomeStatus = Outcome['status']

/** Whether the outcome counts against the agent. */
export function countsAgainstAgent(status: OutcomeStatus): boolean {
  return status === 'failed' || status === 'agent_error'
}

/** Whether we stopped the run. That says nothing about the agent, and uses up no retry. */
export function wasInterrupted(outcome: Outcome): boolean {
  return outcome.status === 'infra_error' && outcome.fault.code === 'interrupted'
}

/** The outcome of a scored conversation. */
export function scored(transcript: Transcript, verdict: Verdict): Outcome {
  return { status: statusOf[verdict.holds], transcript, verdict }
}

const statusOf = { yes: 'passed', no: 'failed', unknown: 'unscored' } as const

/** In the order of reports. */
export const outcomeStatuses = [
  'passed',
  'failed',
  'agent_error',
  'infra_error',
  'caller_invalid',
  'unscored',
  'not_run',
] as const satisfies readonly OutcomeStatus[]
