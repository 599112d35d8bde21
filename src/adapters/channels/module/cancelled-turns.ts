import type { Clock } from '../../../ports/clock.js'

/** Cancelled turns that the thread has not confirmed yet. */
export class CancelledTurns {
  readonly #clock: Clock
  readonly #timers = new Map<number, () => void>()
  readonly #waiting: (() => void)[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @param unconfirmed  Called if the thread does not confirm in time. */
  add(id: number, withinMs: number, unconfirmed: () => void): void {
    this.#timers.set(id, this.#clock.after(withinMs, unconfirmed))
  }

  confirmed(id: number): void {
    this.#timers.get(id)?.()
    this.#timers.delete(id)
    if (this.#timers.size === 0) for (const goOn of this.#waiting.splice(0)) goOn()
  }

  /** Drops all turns, because the thread is gone. */
  clear(): void {
    for (const id of this.#timers.keys()) this.confirmed(id)
  }

  /** Resolves when the thread has confirmed every cancelled turn. */
  async allConfirmed(): Promise<void> {
    if (this.#timers.size > 0) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }
}
