import type { Random } from '../../../../ports/clock.js'

/** George Marsaglia's xorshift32: numbers for samples, which are needed by the thousand. Seeded from the run's own random numbers. */
export class QuickRandom {
  /** In an array: a field would be a new number of the heap each time. */
  readonly #state = new Int32Array(1)

  constructor(random: Random) {
    this.#state[0] = Math.floor(random() * 0xffff_fffe) + 1
  }

  /** The next number, 0 <= x < 1. */
  next(): number {
    let state = this.#state[0]!
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state[0] = state
    return (state >>> 0) * 2 ** -32
  }

  /** The next numbers, one for each place, between -1 and 1. */
  fill(into: Float64Array): void {
    // Local, because fields are slow in a loop.
    let state = this.#state[0]!
    for (let i = 0; i < into.length; i += 1) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      into[i] = (state >>> 0) * 2 ** -31 - 1
    }
    this.#state[0] = state
  }

  /** The next number between two others. */
  between(least: number, most: number): number {
    return least + (most - least) * this.next()
  }
}
