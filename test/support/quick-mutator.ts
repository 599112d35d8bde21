import { seededRandom } from '../../src/adapters/clocks/system.js'

/** Room for what a message grows by. */
const spare = 4_000

/**
 * Changes originals here and there, a million of them in seconds: bytes set, put in, taken out, repeated, or the end cut off. The same seed gives
 * the same.
 */
export class QuickMutator {
  readonly #random: () => number
  readonly #originals: readonly Buffer[]
  readonly #room: Buffer

  constructor(originals: readonly Buffer[], seed: number) {
    this.#originals = originals
    this.#random = seededRandom(seed)
    this.#room = Buffer.alloc(Math.max(...originals.map(({ length }) => length)) + spare)
  }

  /** The next one: of its own memory. */
  next(): Buffer {
    const original = this.#originals[this.#below(this.#originals.length)]!
    let length = original.copy(this.#room)
    for (let changes = 1 + this.#below(5); changes > 0; changes -= 1) length = this.#change(length)
    return Buffer.from(this.#room.subarray(0, length))
  }

  #change(length: number): number {
    const room = this.#room
    const at = this.#below(length + 1)
    switch (this.#below(6)) {
      case 0:
        return this.#put(at, length, 1, this.#below(256))
      case 1: {
        const gone = Math.min(this.#below(20), length - at)
        room.copyWithin(at, at + gone, length)
        return length - gone
      }
      case 2: {
        const again = Math.min(this.#below(400), length - at, room.length - length)
        room.copyWithin(at + again, at, length)
        return length + again
      }
      case 3:
        return Math.max(0, length - this.#below(100))
      case 4:
        return this.#put(at, length, 1, ' \r\n:;,=<>"\0@/'.charCodeAt(this.#below(14)))
      default:
        if (at < length) room[at] = this.#below(256)
        return length
    }
  }

  #put(at: number, length: number, bytes: number, value: number): number {
    if (length + bytes > this.#room.length) return length
    this.#room.copyWithin(at + bytes, at, length)
    this.#room.fill(value, at, at + bytes)
    return length + bytes
  }

  #below(most: number): number {
    return Math.floor(this.#random() * most)
  }
}
