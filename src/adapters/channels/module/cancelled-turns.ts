import type { Clock } from '../../../ports/clock.js'

/** Cancelled turns that the process has not confirmed yet. */
export class CancelledTurns {
  readonly #clock: Clock
  readonly #timers = new Map<number, () => void>()
  readonly #waiting: (() => void)[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @param unconfirmed  Called if the process does not confirm in time. */
  add(id: number, withinMs: number, unconfirmed: () => void): void {
    this.#timers.set(id, this.#clock.after(withinMs, unconfirmed))
  }

  confirmed(id: number): void {
    this.#timers.get(id)?.()
    this.#timers.delete(id)
    if (this.#timers.size === 0) for (const goOn of this.#waiting.splice(0)) goOn()
  }

  /** Drops all turns, because the process is gone. */
  clear(): void {
    for (const id of this.#timers.keys()) this.confirmed(id)
  }

  /** Resolves when the process has confirmed every cancelled turn. */
  async allConfirmed(): Promise<void> {
    if (this.#timers.size > 0) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }
}
