import type { Random } from '../../../../ports/clock.js'

/** George Marsaglia's xorshift32: numbers for samples, which are needed by the thousand. Seeded from the run's own random numbers. */
export class QuickRandom {
  /** In an array: a field would be a new number of the heap each time. */
  readonly #state = new Int32Array(1)
  #drawn = new Float64Array(0)

  constructor(random: Random) {
    this.#state[0] = Math.floor(random() * 0xffff_fffe) + 1
  }

  /** The next number, 0 <= x < 1. */
  next(): number {
    const state = following(this.#state[0]!)
    this.#state[0] = state
    return (state >>> 0) * 2 ** -32
  }

  /** The next numbers, between -1 and 1. They are only lent: the next ones take their place. */
  draw(count: number): Float64Array {
    if (this.#drawn.length !== count) this.#drawn = new Float64Array(count)
    // Local, because fields are slow in a loop.
    const drawn = this.#drawn
    let state = this.#state[0]!
    for (let i = 0; i < count; i += 1) {
      state = following(state)
      drawn[i] = (state >>> 0) * 2 ** -31 - 1
    }
    this.#state[0] = state
    return drawn
  }

  /** The next number between two others. */
  between(least: number, most: number): number {
    return least + (most - least) * this.next()
  }
}

function following(state: number): number {
  let next = state ^ (state << 13)
  next ^= next >>> 17
  return next ^ (next << 5)
}
