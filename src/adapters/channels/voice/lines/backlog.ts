/** How much sound may wait to be played before the agent is read no further, and from how much on it is read again. */
const mostS = 300
const againS = 240

/**
 * Bounds the sound of an agent that sends faster than it plays. It counts what is still to be played, as each frame of ours tells that
 * 20 ms have passed, so it needs no clock. Beyond five minutes the agent is not read until a minute of it was played; a `clear` of the
 * agent has to wait as long, so the bound is far beyond what agents send ahead.
 */
export class Backlog {
  readonly #rate: number
  readonly #hold: () => () => void
  #waiting = 0
  #release: (() => void) | undefined

  /** @param hold  Stops reading. Returns what lets it go on. */
  constructor(rate: number, hold: () => () => void) {
    this.#rate = rate
    this.#hold = hold
  }

  heard(samples: number): void {
    this.#waiting += samples
    if (this.#waiting > mostS * this.#rate) this.#release ??= this.#hold()
  }

  played(samples: number): void {
    this.#waiting = Math.max(0, this.#waiting - samples)
    if (this.#release && this.#waiting <= againS * this.#rate) this.#letGo()
  }

  /** Nothing waits any more, or the line is over. */
  drop(): void {
    this.#waiting = 0
    this.#letGo()
  }

  #letGo(): void {
    this.#release?.()
    this.#release = undefined
  }
}
