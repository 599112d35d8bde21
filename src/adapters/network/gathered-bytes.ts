const nothing = Buffer.alloc(0)

/**
 * Bytes that come in pieces, as one. Pieces of a byte each take no more memory than large ones, and a single piece is not copied.
 */
export class GatheredBytes {
  #bytes: Buffer = nothing
  #isOwn = false
  #length = 0

  get length(): number {
    return this.#length
  }

  add(piece: Buffer): void {
    if (this.#length === 0) {
      this.#bytes = piece
      this.#isOwn = false
      this.#length = piece.length
      return
    }
    const length = this.#length + piece.length
    if (!this.#isOwn || length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, this.#length * 2))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
      this.#isOwn = true
    }
    piece.copy(this.#bytes, this.#length)
    this.#length = length
  }

  /** All of them so far. */
  whole(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }
}
