import type { Mask } from '../domain/mask.js'
import type { HostedRequest, HostedResult } from '../domain/hosted.js'
import type { Agent } from '../domain/document.js'
import type { MetricScore, Verdict } from '../domain/verdict.js'
import type { Transcript } from '../domain/transcript.js'
import type { TranscriptProblem } from '../domain/wire/problems.js'
import type { Fault } from '../domain/fault.js'
import type { OutcomeStatus } from '../domain/outcome.js'
import type { Network } from './network.js'
import type { Clock } from './clock.js'

/**
 * A service that conducts conversations and scores them: the run-scenarios API, as a client. It retries requests with
 * back-off where that is safe. Every method throws a {@link HostedServiceError} once a retry cannot help.
 */
export interface HostedService {
  /** Its address, safe to show in messages. */
  readonly place: string
  /** Checks that the service is there, accepts our key, and lets the key see the agent. */
  check(signal: AbortSignal): Promise<void>
  /**
   * Starts runs, once. If the answer is lost, it does not ask again, unless the service is known to recognise a repeated
   * request.
   *
   * @param name  Unique; the result can be found by it.
   */
  start(request: HostedRequest, name: string, signal: AbortSignal): Promise<HostedResult>
  /**
   * The state of a result's runs, with one request.
   *
   * @returns `undefined` if nothing has changed since the last time.
   */
  look(result: number, signal: AbortSignal): Promise<HostedStanding | undefined>
  /** Runs that have ended, with their conversations. Runs that the service does not know are left out. */
  runs(ids: readonly number[], signal: AbortSignal): Promise<readonly HostedRun[]>
  /** Ends the conversations of a result that are in progress. May be repeated. */
  endCalls(result: number, signal: AbortSignal): Promise<void>
}

export interface HostedStanding {
  readonly isOver: boolean
  /** The service calls the result failed although runs of it ended normally: it does not trust its own verdicts. */
  readonly isUnreliable: boolean
  /** Whether the result is over with a success rate of 0. */
  readonly hasNoSuccess: boolean
  /** Whether one of its runs is a success all the same. */
  readonly showsSuccess: boolean
  /** By id of the run. */
  readonly runs: ReadonlyMap<number, HostedState>
}

/** Unknown states count as `under_way`. */
export type HostedState = 'waiting' | 'under_way' | 'over'

/** How a run ended, in the service's own terms. */
export interface HostedRun {
  readonly id: number
  /** Ids; `undefined` if the service does not say. */
  readonly scenario: number | undefined
  readonly agent: number | undefined
  readonly status: 'completed' | 'failed' | 'timeout' | 'cancelled'
  /** `undefined` if the service does not say. */
  readonly success: boolean | undefined
  readonly error: string | undefined
  /** Empty if nothing was said, or the service does not show it. */
  readonly transcript: Transcript
  /** Whether the service says who ended the call. If not, the transcript says that neither side did. */
  readonly saysWhoEnded: boolean
  /** What the reader did not understand of the transcript. */
  readonly unread: readonly TranscriptProblem[]
  /** Whether the scenario has an expected outcome, which must then be judged. */
  readonly expectsOutcome: boolean
  readonly outcome?: Verdict['outcome']
  readonly metrics: readonly HostedMetric[]
  readonly startedAt?: string
  readonly durationMs: number
  /** If the service is a Callsheet server: what the API has no field for. */
  readonly details?: HostedDetails
}

/** A metric, by the service's name. */
export interface HostedMetric {
  readonly id?: number
  readonly name: string
  readonly score: Omit<MetricScore, 'metric'>
}

export interface HostedDetails {
  readonly outcome: OutcomeStatus
  readonly fault?: Fault
  readonly reason?: string
  /** Without lines: these are of the service's suite. */
  readonly checks?: Verdict['checks']
  readonly judged?: Verdict['outcome']
  readonly metrics?: readonly MetricScore[]
  readonly flaky: boolean
  readonly earlier: readonly { readonly outcome: OutcomeStatus; readonly fault?: Fault }[]
}

export type HostedServiceFactory = (agent: Agent, use: HostedServiceUse) => HostedService

export interface HostedServiceUse {
  readonly clock: Clock
  /** Masks what faults quote. Default: nothing. */
  readonly mask?: Mask
  /** Default: the certificates that Node trusts. */
  readonly network?: Network
}

/**
 * - `refused`: the request, the address or the key is wrong.
 * - `unavailable`: the service failed, or its answer is unknown.
 */
export class HostedServiceError extends Error {
  override readonly name = 'HostedServiceError'
  constructor(
    readonly kind: 'refused' | 'unavailable',
    message: string,
    /** How long the service asked us to wait before a retry. */
    readonly retryAfterMs?: number,
  ) {
    super(message)
  }
}
