import type { Transcript } from './transcript.js'
import type { Verdict } from './verdict.js'

/** How the agent, or we, broke. */
export type FaultCode =
  // the agent
  | 'http_status' // answered 4xx or 5xx, or refused the upgrade
  | 'closed' // closed in the middle of a turn, or with a close code
  | 'reset' // the connection was reset in the middle of the conversation
  | 'silence' // did not answer in time
  | 'not_json'
  | 'bad_frame' // JSON, but not a frame of the protocol
  | 'pointer_missed' // JSON, but nothing where the reply should be
  | 'empty_reply'
  | 'too_large' // over 1 MiB
  | 'invalid_utf8'
  | 'crashed' // its process ended, or its function threw
  | 'tool_loop' // called mock tools again and again, and never came to words
  // we, or what is between
  | 'refused' // nothing listens there
  | 'no_such_host'
  | 'unreachable'
  | 'connect_timeout'
  | 'tls'
  | 'not_started' // the agent's `start` failed, or it was never ready; or its mock tools could not be served
  | 'cannot_load' // the agent's module or program is not there
  | 'caller_model' // what drives the caller failed
  | 'judge_model' // the conversation was held, but its judge failed
  | 'service' // the hosted service could not hold it, or does not tell what came of it
  | 'interrupted' // stopped by the user, a deadline or a crash of ours
  | 'internal' // a bug of ours

/** What broke a conversation. `by` decides between agent_error and infra_error. */
export interface Fault {
  readonly by: 'agent' | 'infra'
  readonly code: FaultCode
  /** What, where and what next, in one line. */
  readonly message: string
  /** HTTP status or WebSocket close code, where there is one. */
  readonly status?: number
  /** How long the other side asked us to wait before another try. */
  readonly retryAfterMs?: number
  /** Another try would meet the same: a key that is wrong, a model that is not there. */
  readonly isFinal?: true
}

/** Thrown by whoever meets a fault; `run` turns it into an outcome. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
  constructor(readonly fault: Fault) {
    super(fault.message)
  }
}

/** We stopped it: the user, a deadline, or a crash of ours. */
export const interrupted: Fault = { by: 'infra', code: 'interrupted', message: 'The run was stopped before it was over.' }

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
