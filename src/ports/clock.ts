/** Time, so that tests and replays can control it. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start; may have fractions. */
  now(): number
  /** The time of day. */
  date(): Date
  /** Calls `then` once after `ms`. The returned function cancels it. */
  after(ms: number, then: () => void): () => void
}

/** A stream of numbers, 0 <= x < 1. */
export type Random = () => number

/** Makes numbers that depend only on a seed (its lowest 32 bits) and a name. */
export type SeededRandom = (seed: number, name?: string) => Random

/**
 * Waits.
 *
 * @throws The signal's reason, as soon as it aborts.
 */
export function waitFor(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', giveUp)
      resolve()
    })
    signal.addEventListener('abort', giveUp, { once: true })

    function giveUp(): void {
      cancel()
      reject(signal.reason as Error)
    }
  })
}
