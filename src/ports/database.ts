import type { SuiteEvent, SuiteStarted } from '../domain/event.js'
import type { OutcomeStatus } from '../domain/outcome.js'
import type { Report } from '../domain/report.js'
import type { RunRequest } from '../domain/run-request.js'
import type { Journal, StoredJournal } from './store.js'

/**
 * The server's storage. What a method has resolved for is durable: it survives `kill -9`. Times are ISO 8601. Everything
 * that belongs to a project is found only under that project.
 *
 * Every method throws a {@link StoreError} when the database cannot be reached or written.
 */
export interface Database extends AsyncDisposable {
  /**
   * Begins a result: stores the result, all its runs (`pending`) and the idempotency key in one transaction. Runs get
   * consecutive ids, in plan order. If the key is known already, it stores nothing.
   */
  begin(result: NewResult, key?: IdempotencyKey): Promise<Begun>
  /**
   * The journal of a result, to begin or resume. Its `append` stores events and updates the result and its runs with them,
   * in order. `stored` is `undefined` as long as there is no event. Once a run has ended, later events leave it unchanged.
   */
  journal(result: number): Promise<Journal>
  /** A result in the form of `callsheet run`'s files, to report, rescore and compare it. */
  read(result: number): Promise<StoredJournal>

  /** Resolves once the database has answered. */
  ping(): Promise<void>

  result(project: string, id: number): Promise<ResultRecord | undefined>
  /** The {@link ResultRecord.revision} alone: the cheapest way to see whether an answer is still current. */
  revision(project: string, id: number): Promise<number | undefined>
  /** Newest first. */
  results(project: string, filter: ResultFilter, page: PageOf): Promise<Page<ResultRecord>>
  run(project: string, id: number): Promise<RunRecord | undefined>
  /** In the order of their ids; a result's runs are in plan order. */
  runs(project: string, filter: RunFilter, page: PageOf): Promise<Page<RunRecord>>
  /** The existing ones, in the order requested. */
  runsById(project: string, ids: readonly number[]): Promise<readonly RunRecord[]>
  /**
   * The state of a result's runs without their conversations, in plan order, in batches.
   *
   * @param from  Index of the first. Default: 0.
   */
  standings(result: number, from?: number): AsyncIterable<readonly RunStanding[]>
  /** Stored events after a sequence number, oldest first, `limit` at most; turns are not stored. */
  events(result: number, after: number, limit: number): Promise<readonly SequencedEvent[]>

  /** Results in progress, of all projects, oldest first: what a server resumes when it starts. */
  unfinished(): Promise<readonly ResultRecord[]>
  /**
   * Stores a sealed document once for all results that use it; may be repeated. A document that no result uses is deleted a
   * day after it was last stored.
   */
  keepDocument(digest: string, body: string): Promise<void>
  document(digest: string): Promise<string | undefined>

  /**
   * The ids of everything a project's suites declare. Declared ids are used as they are. Everything else keeps the id it
   * had, or gets the smallest free one.
   *
   * @returns All ids, by kind and key.
   */
  assignIds(project: string, named: readonly NamedThing[]): Promise<ReadonlyMap<string, number>>

  /** @param hash  SHA-256 of the token, hexadecimal. */
  keepShareToken(hash: string, project: string, result: number, expiresAt: string): Promise<void>
  /** The result that a token gives access to; `undefined` once it has expired. */
  shared(hash: string, now: string): Promise<{ readonly project: string; readonly result: number } | undefined>

  /** Adds a line to a file that people keep with a result, such as their reviews. */
  keepLine(result: number, file: string, body: string): Promise<void>
  /** The lines of such a file, oldest first. */
  linesOf(result: number, file: string): Promise<readonly string[]>

  /**
   * Removes results that ended before a time, with everything that belongs to them, and expired keys, tokens and documents.
   * Works in small steps, so that others can read and write meanwhile.
   *
   * @param clear  Deletes what else belongs to a result. If it fails, the result is removed the next time.
   */
  forget(endedBefore: string, now: string, clear: (result: number) => Promise<void>): Promise<{ readonly results: number }>
}

export interface NewResult {
  readonly project: string
  /** Key of the suite in the catalogue. */
  readonly suite: string
  readonly agentId: number
  readonly request: RunRequest
  /** Digest of its document, which is stored already. */
  readonly document: string
  /** The first event of the journal; the id replaces its `result`. */
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
  /** The key belongs to an existing result; `same`: of the same request. */
  | { readonly status: 'known'; readonly result: number; readonly same: boolean }

/** A result, without its runs. */
export interface ResultRecord extends NewResult {
  readonly id: number
  readonly state: ResultState
  /** Present once it has ended. */
  readonly report?: Report
  readonly counts: RunCounts
  readonly firstRun: number
  /** Grows with every change; equal revisions give equal answers. */
  readonly revision: number
  readonly updatedAt: string
  readonly endedAt?: string
}

/** `running` once a run has started, `ended` once nothing can change. */
export type ResultState = 'pending' | 'running' | 'ended'

export interface RunCounts {
  readonly total: number
  readonly ended: number
  /** Conversations that were scored. */
  readonly scored: number
  readonly passed: number
  /** Cancelled before they started, or cut off for any reason but a timeout. */
  readonly cancelled: number
}

export type RunPhase = 'pending' | 'in_progress' | 'ended'

/** The state of a run, as lists and polls need it. */
export interface RunStanding {
  readonly id: number
  readonly result: number
  /** Index in the plan, from 0. */
  readonly index: number
  readonly state: RunPhase
  /** The attempt in progress, or the last; 0 before the first. */
  readonly attempt: number
  readonly outcome?: OutcomeStatus
  /** Fault code, or why the run was not started. */
  readonly reason?: string
  /** What went wrong, in a sentence. */
  readonly message?: string
  readonly durationMs?: number
  readonly startedAt?: string
  /** When the attempt began to wait for its agent to call; absent if it did not. */
  readonly awaitedAt?: string
  readonly endedAt?: string
}

/** A run, with its conversation once it has ended. */
export interface RunRecord extends RunStanding {
  /** The {@link ResultRecord.revision} of its result. */
  readonly resultRevision: number
  readonly ended?: Extract<SuiteEvent, { type: 'run.ended' }>
}

export interface ResultFilter {
  readonly agentId?: number
  /** A part of the name, ignoring case. */
  readonly search?: string
  /** Key of the suite in the catalogue. */
  readonly suite?: string
  /** Only results that have ended have one. */
  readonly verdict?: Report['gate']['verdict']
  readonly branch?: string
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

/** A key of {@link Database.assignIds}'s answer. */
export function namedAs(kind: NamedKind, key: string): string {
  return `${kind} ${key}`
}
