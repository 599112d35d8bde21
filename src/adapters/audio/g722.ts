import { clamp16, G722Band } from './g722-band.js'
import { ihn, ihp, iln, ilp, q6, qm2, qm4, qm6, qmf, rh2, rl42, wh, wl } from './g722-tables.js'

/**
 * Codes speech of 16,000 samples a second with 64 kbit/s: a byte for two samples. Each direction of a call has one of its own, since
 * every byte depends on those before it.
 *
 * @see ITU-T G.722 (09/2012), mode 1
 */
export class G722Encoder {
  readonly #lower = new G722Band('lower')
  readonly #higher = new G722Band('higher')
  /** The last 24 samples. */
  readonly #window = new Int32Array(24)

  /** @param into  Half as long as the samples, whose number is even. Default: a new array. */
  encode(samples: Int16Array, into = new Uint8Array(samples.length >> 1)): Uint8Array {
    const window = this.#window
    for (let at = 0; at + 1 < samples.length; at += 2) {
      window.copyWithin(0, 2)
      window[22] = samples[at]!
      window[23] = samples[at + 1]!
      let even = 0
      let odd = 0
      for (let i = 0; i < 12; i += 1) {
        odd += window[2 * i]! * qmf[i]!
        even += window[2 * i + 1]! * qmf[11 - i]!
      }
      into[at >> 1] = (this.#codeHigher((even - odd) >> 14) << 6) | this.#codeLower((even + odd) >> 14)
    }
    return into
  }

  #codeLower(sample: number): number {
    const band = this.#lower
    const difference = clamp16(sample - band.predicted)
    const size = difference >= 0 ? difference : ~difference
    let level = 1
    while (level < 30 && size >= (q6[level]! * band.scale) >> 12) level += 1
    const code = difference < 0 ? iln[level]! : ilp[level]!
    band.adapt((band.scale * qm4[code >> 2]!) >> 15, wl[rl42[code >> 2]!]!)
    return code
  }

  #codeHigher(sample: number): number {
    const band = this.#higher
    const difference = clamp16(sample - band.predicted)
    const size = difference >= 0 ? difference : ~difference
    const level = size >= (564 * band.scale) >> 12 ? 2 : 1
    const code = difference < 0 ? ihn[level]! : ihp[level]!
    band.adapt((band.scale * qm2[code]!) >> 15, wh[rh2[code]!]!)
    return code
  }
}

/** Decodes what {@link G722Encoder} codes. */
export class G722Decoder {
  readonly #lower = new G722Band('lower')
  readonly #higher = new G722Band('higher')
  readonly #window = new Int32Array(24)

  /** @param into  Twice as long as the bytes. Default: a new array. */
  decode(bytes: Uint8Array, into = new Int16Array(2 * bytes.length)): Int16Array {
    const window = this.#window
    for (let at = 0; at < bytes.length; at += 1) {
      const lower = this.#lowerOf(bytes[at]! & 0x3f)
      const higher = this.#higherOf(bytes[at]! >> 6)
      window.copyWithin(0, 2)
      window[22] = lower + higher
      window[23] = lower - higher
      let first = 0
      let second = 0
      for (let i = 0; i < 12; i += 1) {
        second += window[2 * i]! * qmf[i]!
        first += window[2 * i + 1]! * qmf[11 - i]!
      }
      into[2 * at] = clamp16(first >> 11)
      into[2 * at + 1] = clamp16(second >> 11)
    }
    return into
  }

  #lowerOf(code: number): number {
    const band = this.#lower
    const sample = clamp15(band.predicted + ((band.scale * qm6[code]!) >> 15))
    band.adapt((band.scale * qm4[code >> 2]!) >> 15, wl[rl42[code >> 2]!]!)
    return sample
  }

  #higherOf(code: number): number {
    const band = this.#higher
    const difference = (band.scale * qm2[code]!) >> 15
    const sample = clamp15(band.predicted + difference)
    band.adapt(difference, wh[rh2[code]!]!)
    return sample
  }
}

/** The nearest number of 15 bits. */
function clamp15(value: number): number {
  return value > 16_383 ? 16_383 : value < -16_384 ? -16_384 : value
}
