/** Frames of 20 ms that sound waits before it is played, when nothing was playing. */
const leadFrames = 6

/** An item of the agent whose sound has not been played whole. */
export interface PlayingItem {
  readonly id: string
  readonly contentIndex: number
  /** How much of it was heard, in whole milliseconds. */
  readonly playedMs: number
}

/** Knows how much of the agent's sound was played. It comes faster than it is spoken, and the frames that we send are its clock. */
export class PlayedItems {
  readonly #rate: number
  readonly #waiting: { readonly id: string; readonly contentIndex: number; left: number; played: number }[] = []
  #wait = 0

  constructor(rate: number) {
    this.#rate = rate
  }

  came(id: string, contentIndex: number, samples: number): void {
    if (this.#waiting.length === 0) this.#wait = leadFrames
    const last = this.#waiting.at(-1)
    if (last?.id === id && last.contentIndex === contentIndex) last.left += samples
    else this.#waiting.push({ id, contentIndex, left: samples, played: 0 })
  }

  /** A frame was sent, and so one was played. */
  tick(samples: number): void {
    if (this.#waiting.length === 0) return
    if (this.#wait > 0) return void (this.#wait -= 1)
    for (let left = samples; left > 0 && this.#waiting.length > 0;) {
      const first = this.#waiting[0]!
      const played = Math.min(left, first.left)
      first.left -= played
      first.played += played
      left -= played
      if (first.left === 0) this.#waiting.shift()
    }
  }

  /** Drops what was not played. @returns The items that are cut by that, in order. */
  drop(): readonly PlayingItem[] {
    return this.#waiting
      .splice(0)
      .map(({ id, contentIndex, played }) => ({ id, contentIndex, playedMs: Math.floor((1000 * played) / this.#rate) }))
  }
}
