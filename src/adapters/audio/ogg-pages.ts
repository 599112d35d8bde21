/** A page holds packets of this many segments of up to 255 bytes. */
const mostSegments = 255

/** Puts the packets of one stream into the pages of an Ogg file (RFC 3533). */
export class OggPages {
  readonly #serial: number
  #sequence = 0

  constructor(serial: number) {
    this.#serial = serial
  }

  /** Whether packets fit into one page. */
  static fits(packets: readonly Uint8Array[]): boolean {
    return packets.reduce((sum, packet) => sum + segmentsOf(packet), 0) <= mostSegments
  }

  /**
   * One page.
   *
   * @param packets  Whole ones, that fit.
   * @param position  Of the stream after them: samples of 48 kHz.
   * @param place  Whether it is the first or the last page.
   */
  page(packets: readonly Uint8Array[], position: number, place?: 'first' | 'last'): Buffer {
    const lacing = packets.flatMap(packet => [...Array.from({ length: segmentsOf(packet) - 1 }, () => 255), packet.length % 255])
    const header = Buffer.alloc(27 + lacing.length)
    header.write('OggS', 0, 'latin1')
    header[5] = place === 'first' ? 2 : place === 'last' ? 4 : 0
    header.writeBigInt64LE(BigInt(position), 6)
    header.writeUInt32LE(this.#serial, 14)
    header.writeUInt32LE(this.#sequence, 18)
    header[26] = lacing.length
    header.set(lacing, 27)
    this.#sequence += 1
    const page = Buffer.concat([header, ...packets])
    page.writeUInt32LE(checksum(page), 22)
    return page
  }
}

function segmentsOf(packet: Uint8Array): number {
  return Math.floor(packet.length / 255) + 1
}

/** CRC-32 of the polynomial 0x04C11DB7, from the highest bit, without any inversion. */
function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 1) sum = ((sum << 8) ^ table[(sum >>> 24) ^ bytes[i]!]!) >>> 0
  return sum
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x8000_0000 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1
  return sum >>> 0
})
