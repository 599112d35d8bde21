import type { Attempt, SuiteEvent, RunEnded, SuiteStarted } from '../domain/event.js'
import type { Report } from '../domain/report.js'

/** Stores results: one folder each, with an append-only journal. */
export interface Store {
  /**
   * Begins a result.
   *
   * @throws {StoreError} when the place already contains a result, is in use, or cannot be written.
   */
  create(place: string): Promise<Journal>
  /** Leaves nothing behind. @throws {StoreError} when the place already contains a result, is in use, or cannot be written. */
  refuseUnusable(place: string): void
  /** @throws {StoreError} when another process is writing the result. */
  refuseUnfinished(place: string): void
  /**
   * Resumes a result: keeps what was written, and drops a torn last line.
   *
   * @throws {StoreError} when there is none, it is in use, or it cannot be read.
   */
  resume(place: string): Promise<Journal>
  /** @throws {StoreError} when there is none, or it cannot be read. */
  read(place: string): Promise<StoredJournal>
}

/** A result being written. */
export interface Journal extends AsyncDisposable {
  /** Folder of the result. */
  readonly place: string
  /**
   * Appends an event. Within a tick it reaches the operating system, and from then on survives `kill -9`. A turn is for showing, and
   * is left out: the end of its run has it.
   *
   * @throws {StoreError} when it could not be written (a full disk), now or before.
   */
  append(event: SuiteEvent): void
  /**
   * Resolves when every appended event is written.
   *
   * @throws {StoreError}
   */
  flush(): Promise<void>
  /** Reads back what is written so far; `undefined` if nothing is. */
  stored(): Promise<StoredJournal | undefined>
}

/** A journal, read. */
export interface StoredJournal {
  readonly started: SuiteStarted
  /** Absent if the result was cut off. */
  readonly report?: Report
  /** All events in order, without the runs' turns. */
  events(): AsyncIterable<SuiteEvent>
  /**
   * The end of each run, in batches, in plan order. Runs without an end are left out. If a run ended twice, the last end
   * counts.
   */
  runs(): AsyncIterable<readonly RunEnded[]>
  /** Runs that started and have no end: index to attempt. */
  readonly open: ReadonlyMap<number, number>
  /** All attempts of open runs, including the one cut off. If absent, only the last one is known. */
  readonly attempts?: ReadonlyMap<number, readonly Attempt[]>
  /** Whether ends are final when the result resumes. If not, runs that were cancelled or cut off are conducted again. */
  readonly endsStand?: boolean
  /** Whether the run of this index has ended. */
  ended(index: number): boolean
}

/** Why a result cannot be written or read. */
export type StoreCode =
  | 'not_found' // there is no such result
  | 'exists' // the place already contains a result
  | 'in_use' // another process is writing there
  | 'lost' // the database cannot be reached, or cannot write now; a retry may work later
  | 'unwritable' // the system refuses to write: a full disk, no permission
  | 'unreadable' // the system refuses to read
  | 'damaged' // the stored data is incomplete
  | 'other_format' // written by a newer or older Callsheet
  | 'failed' // the database refused for another reason

/** A result cannot be written or read. The message says what happened, where, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  constructor(
    readonly code: StoreCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
