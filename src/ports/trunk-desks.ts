import type { TrunkDesk } from '../domain/trunk-desk.js'

/** Changes a desk, given the time in milliseconds, which is the same for all that share the desk. Returns the desk and a result. */
export type DeskChange<T> = (desk: TrunkDesk, nowMs: number) => readonly [TrunkDesk, T]

/** Keeps the desks of trunks: for one process, or for all that share a queue. */
export interface TrunkDesks extends AsyncDisposable {
  /**
   * Changes a desk. Nobody else changes it in between: `change` may be called more than once for that.
   *
   * @throws what the connection to the desk throws.
   */
  change<T>(trunk: string, change: DeskChange<T>): Promise<T>
  /** Calls `changed` after something was given back, until the returned function is called. */
  watch(trunk: string, changed: () => void): () => void
}
