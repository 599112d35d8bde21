import type { EventBatch } from '../../ports/run-queue.js'

/** Receives the events that workers send for one order. */
export class EventFollower {
  /** The id of the last entry read. */
  cursor = '0-0'
  caughtUp = false
  readonly #heard: EventBatch[] = []
  #wake: (() => void) | undefined

  hear(told: EventBatch): void {
    this.#heard.push(told)
    this.#wake?.()
  }

  /** Yields events as they arrive, until the signal aborts. */
  async *told(signal: AbortSignal): AsyncGenerator<EventBatch> {
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
