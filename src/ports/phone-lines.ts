import type { Lacking, LineWish } from '../domain/trunk-desk.js'

/** The numbers and lines of trunks, shared by all runs of a process, or of all workers. */
export interface PhoneLines extends AsyncDisposable {
  /**
   * Waits for what a call needs of a trunk. Results take turns, and within a result it is first come, first served.
   *
   * @param trunk  Names the trunk: the same for all suites that use the same account.
   * @param lacking  Told what it waits for, each time that this changes, and now and then while it does not.
   * @throws The signal's reason, as soon as it aborts. {QueueError} when what is shared cannot be reached.
   */
  take(trunk: string, wish: LineWish, signal: AbortSignal, lacking: (what: Lacking) => void): Promise<LentLine>
}

/** A line of a trunk, and a number of ours if the call has one to itself. */
export interface LentLine {
  readonly number: string | undefined
  /** Aborts when it was lost: this process was away for so long that another may have it by now. */
  readonly lost: AbortSignal
  giveBack(): void
}
