import type { Clock } from '../../../ports/clock.js'

/** Turns that were called off, until the thread has noticed it. */
export class CalledOffTurns {
  readonly #clock: Clock
  readonly #timers = new Map<number, () => void>()
  readonly #waiting: (() => void)[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @param unnoticed  Called when the thread has not noticed it in time. */
  add(id: number, withinMs: number, unnoticed: () => void): void {
    this.#timers.set(id, this.#clock.after(withinMs, unnoticed))
  }

  noticed(id: number): void {
    this.#timers.get(id)?.()
    this.#timers.delete(id)
    if (this.#timers.size === 0) for (const goOn of this.#waiting.splice(0)) goOn()
  }

  /** The thread is gone: there is nothing to wait for any more. */
  clear(): void {
    for (const id of this.#timers.keys()) this.noticed(id)
  }

  /** Resolves when all of them are noticed. */
  async allNoticed(): Promise<void> {
    if (this.#timers.size > 0) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }
}
