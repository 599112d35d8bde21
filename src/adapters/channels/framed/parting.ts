import type { Clock } from '../../../ports/clock.js'

/** How long to hear the agent after the caller hangs up. Milliseconds. */
export interface PartingTimes {
  /** An agent quiet for this long is done. Without it, only the agent's close shows that it is done. */
  readonly quietMs?: number
  readonly longestMs: number
}

/** The time between the caller's hang-up and the close. The agent is still heard. */
export interface Parting {
  /** The agent did something: restarts the quiet time. */
  heard(): void
  /** Ends the time early, because the agent is gone or must go. Safe to repeat. */
  stop(): void
  readonly stopped: Promise<void>
}

/**
 * Waits after the caller's hang-up until the agent is done.
 *
 * @param close  Called when the agent is done or the time is up. It must call `stop`.
 */
export function startParting(clock: Clock, { quietMs, longestMs }: PartingTimes, close: () => void): Parting {
  const awaitQuiet = (): (() => void) | undefined => (quietMs === undefined ? undefined : clock.after(quietMs, close))
  const cancelLongest = clock.after(longestMs, close)
  let cancelQuiet = awaitQuiet()
  let isStopped = false
  let resolve: () => void
  const stopped = new Promise<void>(done => (resolve = done))
  return {
    heard() {
      if (isStopped) return
      cancelQuiet?.()
      cancelQuiet = awaitQuiet()
    },
    stop() {
      isStopped = true
      cancelLongest()
      cancelQuiet?.()
      resolve()
    },
    stopped,
  }
}
