import type { Clock } from '../../ports/clock.js'

/** An estimate of the round trip (RFC 3261, table 4). */
export const t1Ms = 500
/** The longest pause between repeats of anything but an INVITE. */
export const t2Ms = 4_000
/** How long a message stays in the network. */
export const t4Ms = 5_000
/** How long a side waits for what it needs from the other: timers B, D, F, H, J, L and M. */
export const patienceMs = 64 * t1Ms

/** Named timers that are stopped together. */
export class Timers {
  readonly #running = new Map<string, () => void>()

  constructor(private readonly clock: Clock) {}

  /** Starts a timer; one of that name that runs is stopped first. */
  start(name: string, ms: number, then: () => void): void {
    this.stop(name)
    this.#running.set(
      name,
      this.clock.after(ms, () => {
        this.#running.delete(name)
        then()
      }),
    )
  }

  /** Does something again and again: after `ms`, then after twice as long each time, at most `longestMs` apart. */
  repeat(name: string, ms: number, { longestMs, act }: { readonly longestMs: number; readonly act: () => void }): void {
    this.start(name, ms, () => {
      act()
      this.repeat(name, Math.min(2 * ms, longestMs), { longestMs, act })
    })
  }

  stop(name: string): void {
    this.#running.get(name)?.()
    this.#running.delete(name)
  }

  stopAll(): void {
    for (const stop of this.#running.values()) stop()
    this.#running.clear()
  }
}
