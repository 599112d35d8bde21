import type { Clock } from '../../../ports/clock.js'

/** How long an agent is heard once the caller has hung up. Milliseconds. */
export interface PartingTimes {
  /** One that has been quiet for so long is done; where this is left out, it shows by closing that it is. */
  readonly quietMs?: number
  readonly longestMs: number
}

/** The time between the caller's hanging up and the close, in which the agent is still heard. */
export interface Parting {
  /** The agent did something: the quiet begins anew. */
  heard(): void
  /** Ends the time early: the agent is gone, or shall be. Harmless when repeated. */
  stop(): void
  readonly stopped: Promise<void>
}

/**
 * The caller has hung up: waits until the agent is done with what it was about to do.
 *
 * @param close  Called when the agent is done, or its time is up; has to call `stop`.
 */
export function startParting(clock: Clock, { quietMs, longestMs }: PartingTimes, close: () => void): Parting {
  const awaitQuiet = (): (() => void) | undefined => (quietMs === undefined ? undefined : clock.after(quietMs, close))
  const cancelLongest = clock.after(longestMs, close)
  let cancelQuiet = awaitQuiet()
  let resolve: () => void
  const stopped = new Promise<void>(done => (resolve = done))
  return {
    heard() {
      cancelQuiet?.()
      cancelQuiet = awaitQuiet()
    },
    stop() {
      cancelLongest()
      cancelQuiet?.()
      resolve()
    },
    stopped,
  }
}
