import type { Attempt, RunEvent } from '../domain/event.js'
import type { ResultId } from '../domain/ids.js'
import type { PlanOptions } from '../domain/plan-options.js'

/** What stands between those who want runs done and the machines that do them. Everything may be repeated without harm. */
export interface RunQueue extends AsyncDisposable {
  /** Puts a sealed document where workers find it, for as long as jobs may need it. */
  publish(digest: string, body: string): Promise<void>
  /** Sets how many runs of an agent may be under way at once, and how many may start in a second, on all machines together. */
  limit(agent: string, limits: QueueLimits): Promise<void>
  /** Adds jobs; one whose id is known is left as it is. Resolves when they survive the loss of this process. */
  add(jobs: readonly RunJob[]): Promise<void>
  /** Calls off jobs that nobody has taken, and tells the workers of the others to cut them off. Their ends come as events. */
  cancel(jobs: readonly Pick<RunJob, 'id' | 'agent'>[]): Promise<void>
  /**
   * What workers tell of a result's jobs, each batch until it is acknowledged: who comes back after a crash gets it again.
   * Survives a connection that is lost and comes back.
   */
  events(result: ResultId, signal: AbortSignal): AsyncIterable<ToldEvents>
  /** A result is over: its events are removed. */
  forget(result: ResultId): Promise<void>
}

export interface ToldEvents {
  readonly events: readonly RunEvent[]
  /** They are stored, and need not be told again. */
  acknowledge(): Promise<void>
}

export interface QueueLimits {
  readonly concurrency?: number
  readonly startsPerSecond?: number
}

/**
 * A run, as any machine can do it: small, because what many runs share is published once. Bears no secret: the document is
 * sealed, and opened with the worker's own environment.
 */
export interface RunJob {
  /** The run's id: the same run is never two jobs. */
  readonly id: string
  readonly result: ResultId
  /** Which queue it waits in: `<project>/<suite>/<key>`. */
  readonly agent: string
  /** Digest of the published document. */
  readonly document: string
  /** With the document, gives the same plan on every machine. */
  readonly options: PlanOptions
  readonly index: number
  /** What the agent is told the run is called. */
  readonly runId: string
  /** Attempts that were made before; that of a worker which died is added by the next. */
  readonly earlier: readonly Attempt[]
}

/** The other end of a queue. */
export interface RunWorker {
  /**
   * Takes jobs until `signal` is aborted, `concurrency` at once; then no more, and resolves when those under way are done.
   * A job whose `work` rejects, or whose worker dies, is given to another within 30 s.
   */
  work(how: { readonly concurrency: number; readonly signal: AbortSignal }, work: Work): Promise<void>
}

/** Does a job. @param signal  Aborted when the job is called off. */
export type Work = (job: RunJob, desk: WorkDesk, signal: AbortSignal) => Promise<void>

export interface WorkDesk {
  /** The sealed document, by its digest. */
  document(digest: string): Promise<string>
  /** Tells an event; resolves when it is out of this process. */
  tell(event: RunEvent): Promise<void>
}
