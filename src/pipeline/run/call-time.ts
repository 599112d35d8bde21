import type { Clock } from '../../ports/clock.js'

/** The time of a call. It stands still while the agent has asked us to wait: that time is not the conversation's. */
export interface CallTime {
  /** The call begins. Until then, its time is 0. */
  begin(): void
  /** Seconds, to the millisecond. */
  elapsedS(): number
  /** Stops the time. @returns What lets it go on. */
  hold(): () => void
  readonly isHeld: boolean
  /** Milliseconds in which it stood still so far. */
  heldMs(): number
  /** Whether it has gone on since this was last asked. */
  takeResumed(): boolean
}

/** @param changed  Called when the time stops and when it goes on. */
export function createCallTime(clock: Clock, changed: () => void): CallTime {
  let startMs: number | undefined
  let heldSinceMs: number | undefined
  let earlierMs = 0
  let hasResumed = false
  const heldMs = (): number => earlierMs + (heldSinceMs === undefined ? 0 : clock.now() - heldSinceMs)
  return {
    begin: () => (startMs = clock.now()),
    elapsedS: () => (startMs === undefined ? 0 : Math.round(clock.now() - startMs - heldMs()) / 1000),
    hold() {
      heldSinceMs ??= clock.now()
      changed()
      return () => {
        if (heldSinceMs === undefined) return
        earlierMs = heldMs()
        heldSinceMs = undefined
        hasResumed = true
        changed()
      }
    },
    get isHeld() {
      return heldSinceMs !== undefined
    },
    heldMs,
    takeResumed() {
      const taken = hasResumed
      hasResumed = false
      return taken
    },
  }
}
