import type { AgentReady, Attempt, RunEvent } from '../domain/event.js'
import type { ResultId, RunKey } from '../domain/ids.js'
import type { PlanOptions } from '../domain/plan-options.js'

/**
 * The queue between those who order runs and the workers that conduct them. Every method may be repeated. While the queue
 * cannot be reached, calls wait.
 */
export interface RunQueue extends AsyncDisposable {
  /** Publishes a sealed document to workers, for as long as jobs may need it. */
  publish(digest: string, body: string): Promise<void>
  /** Sets how many runs of an agent may be in progress at once, and how many may start per second, across all machines. */
  limit(agent: string, limits: QueueLimits): Promise<void>
  /** Adds jobs. A job whose id is known, or that a worker still has, stays unchanged. */
  add(jobs: readonly RunJob[]): Promise<void>
  /**
   * Takes back jobs that no worker has taken.
   *
   * @returns Ids of those that will never be conducted.
   */
  withdraw(jobs: readonly RunJob[]): Promise<ReadonlySet<string>>
  /** Tells the workers that have these jobs, or will take them, to cut the calls off. Their ends come as events. */
  cut(jobs: readonly RunJob[]): Promise<void>
  /**
   * The workers' events about the jobs of an order. Each batch is delivered until it is acknowledged, also after a crash.
   * Survives the loss of the connection.
   */
  events(order: string, signal: AbortSignal): AsyncIterable<EventBatch>
  /** A recording that a worker sent with the events of an order, in pieces; none if it is not there, or not any more. */
  recording(order: string, name: string): AsyncIterable<Uint8Array>
  /** Removes recordings that are kept elsewhere by now. */
  dropRecordings(order: string, names: readonly string[]): Promise<void>
  /** How long the queue has not answered, in milliseconds; 0 if it does. */
  lostForMs(): number
  /** Ends an order, and removes everything that is left of it. */
  forget(order: string): Promise<void>
}

export interface EventBatch {
  readonly events: readonly WorkerEvent[]
  /**
   * All events so far have been delivered: at the beginning, and again after a loss of the queue. Jobs may be lost with it,
   * so jobs without an end must be added again.
   */
  readonly caughtUp: boolean
  /** Confirms that the events are stored and need not be delivered again. */
  acknowledge(): Promise<void>
}

export type WorkerEvent = RunEvent | AgentReady

export interface QueueLimits {
  readonly concurrency?: number
  readonly startsPerSecond?: number
}

/**
 * A run that any machine can conduct. It is small, because what many runs share is published once. It contains no plain
 * secrets: the document is sealed, and the worker's own environment opens it.
 */
export interface RunJob {
  /** Unique per run. Letters, digits, `.`, `_` and `-`. */
  readonly id: string
  /** The order that the job belongs to, and that its events go to. Unique in the queue; same characters as `id`. */
  readonly order: string
  readonly result: ResultId
  /** The queue that it waits in: `<suite file>/<agent key>`. */
  readonly agent: string
  /** Digest of the published document. */
  readonly document: string
  /** With the document and the secrets, these give the same plan on every machine. */
  readonly options: PlanOptions
  /** The parts left out of the options because they may be secret, encrypted. */
  readonly secrets?: string
  readonly index: number
  readonly run: RunKey
  /** The run's own id, if it has one outside of its result. */
  readonly runId?: string
  /** Earlier attempts. */
  readonly earlier: readonly Attempt[]
  /** HMAC-SHA256 over all of this, by the secret that clients and workers share. Absent if they share none. */
  readonly signature?: string
}

/** The worker's end of a queue. */
export interface RunWorker extends AsyncDisposable {
  /**
   * Takes jobs until `signal` aborts, `concurrency` at once, then resolves when those in progress are done. A job whose
   * `work` rejects goes back to the queue. The death of a worker is noticed, and another worker gets its job within 30 s.
   */
  work(how: WorkOptions, work: Work): Promise<void>
}

export interface WorkOptions {
  readonly concurrency: number
  readonly signal: AbortSignal
  /** When it aborts, jobs in progress are cut off and go back to the queue. */
  readonly now: AbortSignal
}

/**
 * Does a job.
 *
 * @param job  As it was added: whoever can write to the queue may have written anything.
 * @param signal  Aborts when the job is cancelled.
 */
export type Work = (job: RunJob, desk: WorkDesk, signal: AbortSignal) => Promise<void>

export interface WorkDesk {
  /** How often the job has been taken, including this time. */
  readonly taken: number
  /** How often a worker died with the job. */
  readonly deaths: number
  /** Attempts that workers have made at the job, also the one that a dead worker left. */
  readonly earlier: readonly Attempt[]
  /** The sealed document, by its digest; `undefined` if the queue has lost it. */
  document(digest: string): Promise<string | undefined>
  /**
   * Sends an event; resolves when it has left this process. What it says of attempts is stored with the job, for the next
   * worker if this one dies.
   */
  tell(event: WorkerEvent): Promise<void>
  /**
   * Sends a recording; resolves when it has left this process.
   *
   * @param name  Letters, digits, `.` and `-`; unique in the result.
   */
  sendRecording(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void>
}

/** The queue cannot be reached, or its packages are missing. The message says what to do. */
export class QueueError extends Error {
  override readonly name = 'QueueError'
  readonly code = 'queue_lost'
}

/** Refuses what is no URL of a queue, before anything is connected or loaded. @throws {QueueError} */
export function checkQueueUrl(url: string): void {
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) throw new QueueError('The queue is a redis:// or rediss:// URL.')
}
