/** How much sound a packet of ours may have, in ms. */
export const packetLengths = [10, 20, 30, 40] as const

export type PacketMs = (typeof packetLengths)[number]

/** All codings that are spoken have as many bytes a millisecond. */
const bytesOfMs = 8
const frameBytes = 20 * bytesOfMs

/** Makes packets of another length of coded frames of 20 ms. */
export class SoundPacker {
  readonly #bytes = new Uint8Array(40 * bytesOfMs + frameBytes)
  #length = 0

  /** Bytes that wait for more. */
  get length(): number {
    return this.#length
  }

  /** Takes a frame, and gives what is a packet by now. Payloads are only lent. */
  add(coded: Uint8Array, ms: PacketMs, give: (payload: Uint8Array) => void): void {
    const size = ms * bytesOfMs
    if (this.#length === 0 && coded.length === size) return give(coded)
    this.#bytes.set(coded, this.#length)
    this.#length += coded.length
    let at = 0
    for (; this.#length - at >= size; at += size) give(this.#bytes.subarray(at, at + size))
    this.#bytes.copyWithin(0, at, this.#length)
    this.#length -= at
  }

  /** What waits, which does not wait any longer. It is only lent. */
  rest(): Uint8Array {
    const rest = this.#bytes.subarray(0, this.#length)
    this.#length = 0
    return rest
  }
}
