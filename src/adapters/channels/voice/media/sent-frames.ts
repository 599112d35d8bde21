/** The last frames that were sent, so that each can be recorded beside what came at the same time. Their memory is used again. */
export class SentFrames {
  readonly #frames: readonly Int16Array[]

  /** @param kept  How many frames back it remembers. */
  constructor(length: number, kept: number) {
    this.#frames = Array.from({ length: kept + 1 }, () => new Int16Array(length))
  }

  /** Frame number `index` of the call: its memory to fill, or what was sent. */
  frame(index: number): Int16Array {
    return this.#frames[index % this.#frames.length]!
  }
}
