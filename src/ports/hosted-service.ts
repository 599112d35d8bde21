import type { HostedRequest, HostedResult } from '../domain/hosted.js'
import type { Agent } from '../domain/document.js'
import type { MetricScore, Verdict } from '../domain/verdict.js'
import type { Transcript } from '../domain/transcript.js'
import type { TranscriptProblem } from '../domain/wire/read-messages.js'
import type { Fault } from '../domain/fault.js'
import type { OutcomeStatus } from '../domain/outcome.js'
import type { Clock } from './clock.js'

/**
 * A service that holds conversations and scores them: the run-scenarios API, as its client sees it. What is asked for is
 * asked again while it may be, with back-off; every method throws a {@link HostedServiceError} once that is of no use.
 */
export interface HostedService {
  /** Where it is, fit for messages. */
  readonly place: string
  /** Makes sure that it is there, that it takes our key, and that the key sees the agent. */
  check(signal: AbortSignal): Promise<void>
  /**
   * Starts runs, once: where the answer to that is lost, it is not asked for again, unless the service is known to tell
   * the same request twice from two requests.
   *
   * @param name  Unique: the result is found by it.
   */
  start(request: HostedRequest, name: string, signal: AbortSignal): Promise<HostedResult>
  /**
   * How the runs of a result stand, asked once.
   *
   * @returns `undefined` where nothing has changed since the last time.
   */
  look(result: number, signal: AbortSignal): Promise<HostedStanding | undefined>
  /** Runs that are over, with their conversations; those it does not know are left out. */
  runs(ids: readonly number[], signal: AbortSignal): Promise<readonly HostedRun[]>
  /** Ends what is under way of a result. Harmless when repeated. */
  endCalls(result: number, signal: AbortSignal): Promise<void>
}

export interface HostedStanding {
  readonly isOver: boolean
  /** It is called failed though runs of it were held to their ends: the service itself does not stand by what it says of them. */
  readonly isUnreliable: boolean
  /** By id of the run. */
  readonly runs: ReadonlyMap<number, HostedState>
}

/** What we do not know is taken to be under way. */
export type HostedState = 'waiting' | 'under_way' | 'over'

/** How a run ended, in the service's own terms. */
export interface HostedRun {
  readonly id: number
  readonly status: 'completed' | 'failed' | 'timeout' | 'cancelled'
  /** `undefined` where the service does not say. */
  readonly success: boolean | undefined
  readonly error: string | undefined
  /** Empty where nothing was said, or nothing is told of it. */
  readonly transcript: Transcript
  /** What of the transcript is not understood. */
  readonly unread: readonly TranscriptProblem[]
  /** Whether the scenario has an expected outcome; then it has to be judged. */
  readonly expectsOutcome: boolean
  readonly outcome?: Verdict['outcome']
  readonly metrics: readonly HostedMetric[]
  readonly startedAt?: string
  readonly durationMs: number
  /** Where the service is one of ours: what the API has no field for. */
  readonly details?: HostedDetails
}

/** A metric as the service calls it. */
export interface HostedMetric {
  readonly id?: number
  readonly name: string
  readonly score: Omit<MetricScore, 'metric'>
}

export interface HostedDetails {
  readonly outcome: OutcomeStatus
  readonly fault?: Fault
  readonly reason?: string
  readonly checks?: Verdict['checks']
  readonly metrics?: readonly MetricScore[]
  readonly flaky: boolean
  readonly earlier: readonly { readonly outcome: OutcomeStatus; readonly fault?: Fault }[]
}

export type HostedServiceFactory = (agent: Agent, use: { readonly clock: Clock }) => HostedService

/** `refused`: the request, the address or the key is wrong. `unavailable`: the service could not, or it cannot be told. */
export class HostedServiceError extends Error {
  override readonly name = 'HostedServiceError'
  constructor(
    readonly kind: 'refused' | 'unavailable',
    message: string,
    /** How long the service asked us to wait before another try. */
    readonly retryAfterMs?: number,
  ) {
    super(message)
  }
}
