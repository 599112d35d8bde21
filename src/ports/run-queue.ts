import type { AgentReady, Attempt, RunEvent } from '../domain/event.js'
import type { ResultId, RunKey } from '../domain/ids.js'
import type { PlanOptions } from '../domain/plan-options.js'

/**
 * What stands between those who want runs done and the machines that do them. Everything may be repeated without harm. As
 * long as it cannot be reached, what is asked of it waits.
 */
export interface RunQueue extends AsyncDisposable {
  /** Puts a sealed document where workers find it, for as long as jobs may need it. */
  publish(digest: string, body: string): Promise<void>
  /** Sets how many runs of an agent may be under way at once, and how many may start in a second, on all machines together. */
  limit(agent: string, limits: QueueLimits): Promise<void>
  /** Adds jobs; one whose id is known, or that a worker still holds, is left as it is. */
  add(jobs: readonly RunJob[]): Promise<void>
  /** Takes back jobs that nobody has taken. @returns Ids of those that will never be held. */
  withdraw(jobs: readonly RunJob[]): Promise<ReadonlySet<string>>
  /** Tells whoever holds these jobs, or will, to cut their calls off. Their ends come as events. */
  cut(jobs: readonly RunJob[]): Promise<void>
  /**
   * What workers tell of the jobs of an order, each batch until it is acknowledged: who comes back after a crash gets it
   * again. Survives a connection that is lost and comes back.
   */
  events(order: string, signal: AbortSignal): AsyncIterable<ToldEvents>
  /** An order is over: what is left of it is removed. */
  forget(order: string): Promise<void>
}

export interface ToldEvents {
  readonly events: readonly WorkerEvent[]
  /**
   * All that there was to tell has been told: at the beginning, and again after the queue was lost. Jobs may be lost with
   * it, so those that have no end yet are to be added again.
   */
  readonly caughtUp: boolean
  /** They are stored, and need not be told again. */
  acknowledge(): Promise<void>
}

export type WorkerEvent = RunEvent | AgentReady

export interface QueueLimits {
  readonly concurrency?: number
  readonly startsPerSecond?: number
}

/**
 * A run, as any machine can do it: small, because what many runs share is published once. Bears no secret in clear: the
 * document is sealed, and opened with the worker's own environment.
 */
export interface RunJob {
  /** The same run is never two jobs. Letters, digits, `.`, `_` and `-`. */
  readonly id: string
  /** Names what it belongs to, and so where its events are told. Unique among all who use the queue; as for `id`. */
  readonly order: string
  readonly result: ResultId
  /** Which queue it waits in: `<suite file>/<agent key>`. */
  readonly agent: string
  /** Digest of the published document. */
  readonly document: string
  /** With the document and the secrets, gives the same plan on every machine. */
  readonly options: PlanOptions
  /** What the options lack here because it may be secret, encrypted. */
  readonly secrets?: string
  readonly index: number
  readonly run: RunKey
  /** What the agent is told the run is called, where it has a name outside of its result. */
  readonly runId?: string
  /** Attempts that were made before; that of a worker which died is added for the next. */
  readonly earlier: readonly Attempt[]
}

/** The other end of a queue. */
export interface RunWorker extends AsyncDisposable {
  /**
   * Takes jobs until `signal` is aborted, `concurrency` at once; then no more, and resolves when those under way are done.
   * A job whose `work` rejects is given back; that of a worker which died is noticed. Another one has it within 30 s.
   */
  work(how: WorkOptions, work: Work): Promise<void>
}

export interface WorkOptions {
  readonly concurrency: number
  readonly signal: AbortSignal
  /** Once aborted, jobs under way are cut off and given back. */
  readonly now: AbortSignal
}

/** Does a job. @param signal  Aborted when the job is called off. */
export type Work = (job: RunJob, desk: WorkDesk, signal: AbortSignal) => Promise<void>

export interface WorkDesk {
  /** How often the job has been taken, this time included. */
  readonly taken: number
  /** How often a worker that held it was gone before it was done. */
  readonly deaths: number
  /** The sealed document, by its digest; `undefined` where the queue has lost it. */
  document(digest: string): Promise<string | undefined>
  /**
   * Tells an event; resolves when it is out of this process. What it says of attempts is kept with the job, for whoever has
   * it next if this worker dies.
   */
  tell(event: WorkerEvent): Promise<void>
}

/** The queue cannot be reached, or its packages are missing; the message says what next. */
export class QueueError extends Error {
  override readonly name = 'QueueError'
}
