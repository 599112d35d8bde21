import type { Attempt, SuiteEvent, RunEnded, SuiteStarted } from '../domain/event.js'
import type { Report } from '../domain/report.js'

/** Where results are kept: one folder each, an append-only journal in it. */
export interface Store {
  /**
   * Begins a result.
   *
   * @throws {StoreError} when the place already holds a result, is in use, or cannot be written.
   */
  create(place: string): Promise<Journal>
  /**
   * Goes on with a result: what had been written is kept, a torn last line is dropped.
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
   * Takes an event. What has been taken reaches the system within a tick, and survives `kill -9` from then on.
   *
   * @throws {StoreError} when it could not be written (a full disk), now or before.
   */
  append(event: SuiteEvent): void
  /** Resolves when everything taken is written. @throws {StoreError} */
  flush(): Promise<void>
  /** What is written so far, read back; `undefined` of a journal that nothing was written to. */
  stored(): Promise<StoredJournal | undefined>
}

/** A journal, read. */
export interface StoredJournal {
  readonly started: SuiteStarted
  /** Absent where the result was cut off. */
  readonly report?: Report
  /** All events but the runs' turns, in the order they happened. */
  events(): AsyncIterable<SuiteEvent>
  /** How each run ended, in batches, in plan order; runs with no end are left out. Where a run ended twice the last counts. */
  runs(): AsyncIterable<readonly RunEnded[]>
  /** Runs that started and have no end: index and attempt. */
  readonly open: ReadonlyMap<number, number>
  /** All attempts at open runs, the one that was cut off too; where it is left out, only of the last one is known. */
  readonly attempts?: ReadonlyMap<number, readonly Attempt[]>
  /** Whether an end is for good when the result is gone on with; else runs that were called off or cut off are held (again). */
  readonly endsStand?: boolean
  /** Whether the run of this index has ended. */
  ended(index: number): boolean
}

/** Why a result cannot be written or read. */
export type StoreCode =
  | 'not_found' // there is no such result
  | 'exists' // the place already holds a result
  | 'in_use' // another process is writing there
  | 'lost' // the database cannot be reached, or cannot write now: the same may be done later
  | 'unwritable' // the system refuses to write: a full disk, no permission
  | 'unreadable' // the system refuses to read
  | 'damaged' // what is stored is not whole
  | 'other_format' // a newer or an older Callsheet made it
  | 'failed' // the database refused it for another reason

/** A result cannot be written or read; the message says what, where and what next. */
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
