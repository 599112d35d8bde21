import type { LineEvent } from '../../../../../ports/line.js'

/** What `Say` sounds like: another thread, with an engine, makes it. */
export class SaidWords {
  readonly #hear: (event: LineEvent) => void
  readonly #waiting = new Map<number, (samples: Int16Array | undefined) => void>()
  #lastId = 0

  constructor(hear: (event: LineEvent) => void) {
    this.#hear = hear
  }

  /** @returns Their sound, at the rate of the line; `undefined` if nothing speaks. @throws The signal's reason, when it aborts. */
  ask(text: string, signal: AbortSignal): Promise<Int16Array | undefined> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const id = (this.#lastId += 1)
      const giveUp = (): void => {
        this.#waiting.delete(id)
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', giveUp, { once: true })
      this.#waiting.set(id, samples => {
        signal.removeEventListener('abort', giveUp)
        resolve(samples)
      })
      this.#hear({ type: 'wanted', id, text })
    })
  }

  take(id: number, samples: Int16Array | undefined): void {
    this.#waiting.get(id)?.(samples)
    this.#waiting.delete(id)
  }
}
