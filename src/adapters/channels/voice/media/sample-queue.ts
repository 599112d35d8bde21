/** Samples first in, first out, in memory that grows with need and is given back once it is empty. */
export class SampleQueue {
  readonly #usual: number
  #memory: Int16Array
  #from = 0
  #length = 0

  /** @param usual  How many samples it usually holds. */
  constructor(usual: number) {
    this.#usual = usual
    this.#memory = new Int16Array(usual)
  }

  get length(): number {
    return this.#length
  }

  push(samples: Int16Array): void {
    const length = this.#length + samples.length
    if (length > this.#memory.length) this.#grow(length)
    const memory = this.#memory
    const at = (this.#from + this.#length) % memory.length
    const untilEnd = Math.min(samples.length, memory.length - at)
    memory.set(samples.subarray(0, untilEnd), at)
    memory.set(samples.subarray(untilEnd), 0)
    this.#length = length
  }

  /** Takes the oldest samples into the beginning of `into`. @returns How many. */
  pull(into: Int16Array): number {
    const count = this.peek(into)
    this.#from = (this.#from + count) % this.#memory.length
    this.#length -= count
    if (this.#length === 0) this.#giveBack()
    return count
  }

  /** As {@link pull}, but they stay. */
  peek(into: Int16Array): number {
    const count = Math.min(into.length, this.#length)
    const memory = this.#memory
    const untilEnd = Math.min(count, memory.length - this.#from)
    // A loop is faster than `set` for a frame, because it needs no view.
    for (let i = 0; i < untilEnd; i += 1) into[i] = memory[this.#from + i]!
    for (let i = untilEnd; i < count; i += 1) into[i] = memory[i - untilEnd]!
    return count
  }

  /** Drops all but the oldest samples. @returns How many were dropped. */
  keep(oldest: number): number {
    const dropped = Math.max(0, this.#length - oldest)
    this.#length -= dropped
    if (this.#length === 0) this.#giveBack()
    return dropped
  }

  #grow(length: number): void {
    const larger = new Int16Array(Math.max(length, this.#memory.length * 2))
    this.#length = this.peek(larger.subarray(0, this.#length))
    this.#memory = larger
    this.#from = 0
  }

  #giveBack(): void {
    this.#from = 0
    if (this.#memory.length > this.#usual * 4) this.#memory = new Int16Array(this.#usual)
  }
}
