import type { Random } from '../../../../ports/clock.js'

/** George Marsaglia's xorshift32: numbers for samples, which are needed by the thousand. Seeded from the run's own random numbers. */
export class QuickRandom {
  #state: number

  constructor(random: Random) {
    this.#state = Math.floor(random() * 0xffff_fffe) + 1
  }

  /** The next number, 0 <= x < 1. */
  next(): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state
    return (state >>> 0) * 2 ** -32
  }

  /** The next number between two others. */
  between(least: number, most: number): number {
    return least + (most - least) * this.next()
  }
}
