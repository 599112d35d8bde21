import type { ToldEvents } from '../../ports/run-queue.js'

/** One who hears what workers tell of an order. */
export class EventFollower {
  /** Id of the last entry that was read. */
  cursor = '0-0'
  caughtUp = false
  readonly #heard: ToldEvents[] = []
  #wake: (() => void) | undefined

  hear(told: ToldEvents): void {
    this.#heard.push(told)
    this.#wake?.()
  }

  /** What is heard, as it comes, until it is called off. */
  async *told(signal: AbortSignal): AsyncGenerator<ToldEvents> {
    const onAbort = (): void => this.#wake?.()
    signal.addEventListener('abort', onAbort)
    try {
      while (!signal.aborted) {
        const told = this.#heard.shift()
        if (told) yield told
        else await new Promise<void>(resolve => (this.#wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }
}
