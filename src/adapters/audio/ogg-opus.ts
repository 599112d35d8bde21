import { importOptional } from '../../ports/package-missing.js'
import { OggPages } from './ogg-pages.js'

/** Bits a second for two voices. Below, one is heard in the other's channel; above, nothing is gained. */
const bitrate = 24_000
/** Of 10. Above, nothing is gained for voices, and it costs twice as much. */
const complexity = 5
/** libopus' OPUS_GET_LOOKAHEAD. */
const getLookahead = 4027
/** A page for each second, so that players can seek. */
const packetsPerPage = 50
/** Positions are counted at this rate, whatever that of the sound (RFC 7845). */
const positionRate = 48_000

/** Makes an Ogg Opus file of two channels. */
export interface OggOpusWriter {
  /** The bytes that come first. */
  head(): Uint8Array
  /** @param samples  The channels by turns, any number of pairs. @returns Bytes, if some are complete. */
  add(samples: Int16Array): Uint8Array
  /** The bytes that come last. The file then lasts exactly as long as what was added. */
  end(): Uint8Array
}

export const opusRates: readonly number[] = [8000, 12_000, 16_000, 24_000, 48_000]

/**
 * Loads the Opus encoder.
 *
 * @returns What begins a file, of sound of one of the {@link opusRates}.
 * @throws {PackageMissing}
 */
export async function loadOggOpus(): Promise<(rate: number) => OggOpusWriter> {
  const { Encoder } = await importOptional(() => import('@evan/opus'), 'A recording in Opus', '@evan/opus@1')
  return rate => {
    // Its own types, where they are found, name each rate.
    const encoder = new Encoder({ channels: 2, sample_rate: rate as 48_000, application: 'voip' })
    encoder.bitrate = bitrate
    encoder.complexity = complexity
    return new StereoWriter(rate, encoder.ctl(getLookahead), frame => encoder.encode(frame).slice())
  }
}

class StereoWriter implements OggOpusWriter {
  readonly #rate: number
  /** Pairs of samples by which the encoder is late: players leave out as many at the beginning. */
  readonly #skip: number
  readonly #encode: (frame: Int16Array) => Uint8Array
  readonly #pages = new OggPages(1)
  readonly #frame: Int16Array
  #filled = 0
  #added = 0
  #packets: Uint8Array[] = []
  #encoded = 0

  constructor(rate: number, skip: number, encode: (frame: Int16Array) => Uint8Array) {
    this.#rate = rate
    this.#skip = skip
    this.#encode = encode
    this.#frame = new Int16Array((rate / 50) * 2)
  }

  head(): Uint8Array {
    const head = Buffer.alloc(19)
    head.write('OpusHead', 0, 'latin1')
    head[8] = 1
    head[9] = 2
    head.writeUInt16LE(this.#position(this.#skip), 10)
    head.writeUInt32LE(this.#rate, 12)
    const vendor = 'callsheet'
    const tags = Buffer.alloc(16 + vendor.length)
    tags.write('OpusTags', 0, 'latin1')
    tags.writeUInt32LE(vendor.length, 8)
    tags.write(vendor, 12, 'latin1')
    return Buffer.concat([this.#pages.page([head], 0, 'first'), this.#pages.page([tags], 0)])
  }

  add(samples: Int16Array): Uint8Array {
    const pages: Uint8Array[] = []
    for (let at = 0; at < samples.length;) {
      const part = samples.subarray(at, at + this.#frame.length - this.#filled)
      this.#frame.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === this.#frame.length) pages.push(...this.#encodeFrame())
    }
    this.#added += samples.length / 2
    return Buffer.concat(pages)
  }

  end(): Uint8Array {
    const pages: Uint8Array[] = []
    const end = this.#added + this.#skip
    while (this.#encoded < end || this.#packets.length === 0) {
      this.#frame.fill(0, this.#filled)
      pages.push(...this.#encodeFrame())
    }
    return Buffer.concat([...pages, this.#pages.page(this.#packets, this.#position(end), 'last')])
  }

  #encodeFrame(): Uint8Array[] {
    const packet = this.#encode(this.#frame)
    this.#filled = 0
    const isFull = this.#packets.length === packetsPerPage || !OggPages.fits([...this.#packets, packet])
    const full = isFull ? [this.#pages.page(this.#packets, this.#position(this.#encoded))] : []
    if (isFull) this.#packets = []
    this.#packets.push(packet)
    this.#encoded += this.#frame.length / 2
    return full
  }

  #position(samples: number): number {
    return Math.round((samples * positionRate) / this.#rate)
  }
}
