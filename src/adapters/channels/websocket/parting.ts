import type { Clock } from '../../../ports/clock.js'

/** An agent that has been quiet for so long, once the caller has hung up, is done. */
const quietMs = 100

/** How long the agent is heard at most, once the caller has hung up. */
const longestMs = 1_000

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
export function startParting(clock: Clock, close: () => void): Parting {
  const cancelLongest = clock.after(longestMs, close)
  let cancelQuiet = clock.after(quietMs, close)
  let resolve: () => void
  const stopped = new Promise<void>(done => (resolve = done))
  return {
    heard() {
      cancelQuiet()
      cancelQuiet = clock.after(quietMs, close)
    },
    stop() {
      cancelLongest()
      cancelQuiet()
      resolve()
    },
    stopped,
  }
}
