/** Time and chance, so that tests and replays can fix them. */
export interface Clock {
  /** Milliseconds that only grow, from an arbitrary start; may have fractions. */
  now(): number
  /** The time of day. */
  date(): Date
  /** Calls `then` once after `ms`; the function it returns calls it off. */
  after(ms: number, then: () => void): () => void
}

/** A stream of numbers, 0 <= x < 1. */
export type Random = () => number

/** Makes numbers that depend on nothing but a seed, of which the lowest 32 bits count, and a name. */
export type SeededRandom = (seed: number, name?: string) => Random

/** Waits. @throws The signal's reason, as soon as it is aborted. */
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
