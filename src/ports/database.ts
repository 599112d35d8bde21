import type { SuiteEvent, SuiteStarted } from '../domain/event.js'
import type { OutcomeStatus } from '../domain/outcome.js'
import type { Report } from '../domain/report.js'
import type { RunRequest } from '../domain/run-request.js'
import type { Journal, StoredJournal } from './store.js'

/**
 * Where the server keeps everything. What a method has resolved for is durable: it survives `kill -9`. Times are ISO 8601.
 * Whatever belongs to a project is found only under that project.
 *
 * Every method throws a {@link StoreError} when the database cannot be reached or written.
 */
export interface Database extends AsyncDisposable {
  /**
   * Begins a result: the result, all its runs (`pending`) and the idempotency key, in one transaction. Runs get ids that
   * follow one another, in plan order. Where the key is known already nothing is written.
   */
  begin(result: NewResult, key?: IdempotencyKey): Promise<Begun>
  /**
   * The journal of a result, to begin or to go on with. Its `append` writes events and moves the result and its runs along
   * with them, in the order they came; `stored` is `undefined` as long as there is no event. A run that has ended stays
   * as it is, whatever comes after.
   */
  journal(result: number): Promise<Journal>
  /** A result as the files of `callsheet run` hold it, so that it can be reported, rescored and compared. */
  read(result: number): Promise<StoredJournal>

  result(project: string, id: number): Promise<ResultRecord | undefined>
  /** The {@link ResultRecord.revision} alone: what tells, at next to no cost, whether an answer still holds. */
  revision(project: string, id: number): Promise<number | undefined>
  /** Newest first. */
  results(project: string, filter: ResultFilter, page: PageOf): Promise<Page<ResultRecord>>
  run(project: string, id: number): Promise<RunRecord | undefined>
  /** In the order of their ids; a result's runs are in plan order. */
  runs(project: string, filter: RunFilter, page: PageOf): Promise<Page<RunRecord>>
  /** Those there are, in the order asked for. */
  runsById(project: string, ids: readonly number[]): Promise<readonly RunRecord[]>
  /**
   * How the runs of a result stand, without their conversations; in plan order, in batches.
   *
   * @param from  Index of the first; 0 if it is left out.
   */
  standings(result: number, from?: number): AsyncIterable<readonly RunStanding[]>
  /** Stored events after a sequence number, oldest first, `limit` at most; turns are not stored. */
  events(result: number, after: number, limit: number): Promise<readonly SequencedEvent[]>

  /** Results that are not over, of all projects, oldest first: what a server that starts has to go on with. */
  unfinished(): Promise<readonly ResultRecord[]>
  /**
   * A sealed document, once for all results that use it; harmless when repeated. One that no result uses is kept for a day
   * from the last time.
   */
  keepDocument(digest: string, body: string): Promise<void>
  document(digest: string): Promise<string | undefined>

  /**
   * The ids of what a project's suites declare. Declared ids are taken as they are; what has none keeps the one it was
   * given before, or gets the smallest free one.
   *
   * @returns All ids, by kind and key.
   */
  assignIds(project: string, named: readonly NamedThing[]): Promise<ReadonlyMap<string, number>>

  /** @param hash  SHA-256 of the token, hexadecimal. */
  keepShareToken(hash: string, project: string, result: number, expiresAt: string): Promise<void>
  /** The result that a token opens; `undefined` once it has expired. */
  shared(hash: string, now: string): Promise<{ readonly project: string; readonly result: number } | undefined>

  /**
   * Removes results that ended before a time, with all that belongs to them, and keys, tokens and documents that are of no
   * use any more. In small steps: others go on reading and writing.
   */
  forget(endedBefore: string, now: string): Promise<{ readonly results: number }>
}

export interface NewResult {
  readonly project: string
  /** Key of the suite in the catalogue. */
  readonly suite: string
  readonly agentId: number
  readonly request: RunRequest
  /** Digest of its document, which is kept already. */
  readonly document: string
  /** What the journal begins with; its `result` becomes the id. */
  readonly started: SuiteStarted
  readonly createdAt: string
  readonly rerunOf?: number
}

export interface IdempotencyKey {
  readonly key: string
  /** SHA-256 of method, path and body. */
  readonly requestHash: string
  /** Older keys do not count. */
  readonly notBefore: string
}

export type Begun =
  | { readonly status: 'begun'; readonly result: number; readonly firstRun: number }
  /** The key stands for a result; `same`: of the same request. */
  | { readonly status: 'known'; readonly result: number; readonly same: boolean }

/** A result, without its runs. */
export interface ResultRecord extends NewResult {
  readonly id: number
  readonly state: ResultState
  /** Once it has ended. */
  readonly report?: Report
  readonly counts: RunCounts
  readonly firstRun: number
  /** Grows with every change: an answer made from the same revision is the same answer. */
  readonly revision: number
  readonly updatedAt: string
  readonly endedAt?: string
}

/** `running` once a run has started, `ended` once nothing will change any more. */
export type ResultState = 'pending' | 'running' | 'ended'

export interface RunCounts {
  readonly total: number
  readonly ended: number
  /** Conversations that were scored. */
  readonly scored: number
  readonly passed: number
  /** Called off before they started, or cut off; whatever for but a timeout. */
  readonly cancelled: number
}

export type RunState = 'pending' | 'in_progress' | 'ended'

/** How a run stands; what lists and polls need. */
export interface RunStanding {
  readonly id: number
  readonly result: number
  /** Its place in the plan, from 0. */
  readonly index: number
  readonly state: RunState
  /** The attempt under way, or the last; 0 before the first. */
  readonly attempt: number
  readonly outcome?: OutcomeStatus
  /** Fault code, or why it was not run. */
  readonly reason?: string
  /** What went wrong, in a sentence. */
  readonly message?: string
  readonly durationMs?: number
  readonly startedAt?: string
  readonly endedAt?: string
}

/** A run, with its conversation once it has ended. */
export interface RunRecord extends RunStanding {
  readonly ended?: Extract<SuiteEvent, { type: 'run.ended' }>
}

export interface ResultFilter {
  readonly agentId?: number
  /** A part of the name, upper and lower case alike. */
  readonly search?: string
}

export interface RunFilter {
  readonly result?: number
  readonly scenarioId?: number
  readonly agentId?: number
}

/** From 1. */
export interface PageOf {
  readonly page: number
  readonly size: number
}

export interface Page<Item> {
  readonly count: number
  readonly items: readonly Item[]
}

export interface SequencedEvent {
  /** From 1, per result. */
  readonly sequence: number
  readonly event: SuiteEvent
}

export interface NamedThing {
  readonly kind: NamedKind
  /** `<suite>/<key>`. */
  readonly key: string
  /** As the suite declares it. */
  readonly id?: number
}

export type NamedKind = 'agent' | 'scenario' | 'personality' | 'test_profile' | 'metric'

/** How {@link Database.assignIds} names what it answers. */
export function namedAs(kind: NamedKind, key: string): string {
  return `${kind} ${key}`
}
