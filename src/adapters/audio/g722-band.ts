import { ilb } from './g722-tables.js'

/** One of the two bands of G.722: its adaptive predictor and its adaptive scale factor. */
export class G722Band {
  /** The predicted signal. */
  predicted = 0
  /** The scale factor of the quantizer. */
  scale: number
  readonly #mostLog: number
  readonly #shift: number
  #log = 0
  #zeros = 0
  /** Of the last six differences, the newest first; and the coefficients of the zeros and of the two poles. */
  readonly #differences = new Int32Array(7)
  readonly #b = new Int32Array(7)
  #a1 = 0
  #a2 = 0
  /** The last two partly and wholly reconstructed signals. */
  #p1 = 0
  #p2 = 0
  #r1 = 0
  #r2 = 0

  /** @param band  The lower one has more bits. */
  constructor(band: 'lower' | 'higher') {
    this.scale = band === 'lower' ? 32 : 8
    this.#mostLog = band === 'lower' ? 18_432 : 22_528
    this.#shift = band === 'lower' ? 8 : 10
  }

  /** Takes the quantized difference of a sample, and predicts the next. @param change  Of the logarithmic scale factor. */
  adapt(difference: number, change: number): void {
    this.#rescale(change)
    const partly = clamp16(this.#zeros + difference)
    const whole = clamp16(this.predicted + difference)
    this.#movePoles(partly)
    this.#moveZeros(difference)
    this.#p2 = this.#p1
    this.#p1 = partly
    this.#r2 = this.#r1
    this.#r1 = whole
    this.#predict()
  }

  #rescale(change: number): void {
    this.#log = Math.min(this.#mostLog, Math.max(0, ((this.#log * 127) >> 7) + change))
    const mantissa = ilb[(this.#log >> 6) & 31]!
    const shift = this.#shift - (this.#log >> 11)
    this.scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2
  }

  #movePoles(partly: number): void {
    const isLikeLast = partly < 0 === this.#p1 < 0
    const turned = clamp16(this.#a1 << 2)
    const toward = Math.min(32_767, isLikeLast ? -turned : turned)
    const second = (partly < 0 === this.#p2 < 0 ? 128 : -128) + (toward >> 7) + ((this.#a2 * 32_512) >> 15)
    this.#a2 = Math.min(12_288, Math.max(-12_288, second))
    const most = clamp16(15_360 - this.#a2)
    const first = clamp16((isLikeLast ? 192 : -192) + ((this.#a1 * 32_640) >> 15))
    this.#a1 = Math.min(most, Math.max(-most, first))
  }

  #moveZeros(difference: number): void {
    const step = difference === 0 ? 0 : 128
    const d = this.#differences
    const b = this.#b
    for (let i = 6; i >= 1; i -= 1) {
      const last = d[i]!
      b[i] = clamp16((last < 0 === difference < 0 ? step : -step) + ((b[i]! * 32_640) >> 15))
    }
    d.copyWithin(2, 1, 6)
    d[1] = difference
  }

  #predict(): void {
    const poles = clamp16(((this.#a1 * clamp16(2 * this.#r1)) >> 15) + ((this.#a2 * clamp16(2 * this.#r2)) >> 15))
    let zeros = 0
    for (let i = 6; i >= 1; i -= 1) zeros += (this.#b[i]! * clamp16(2 * this.#differences[i]!)) >> 15
    this.#zeros = clamp16(zeros)
    this.predicted = clamp16(poles + this.#zeros)
  }
}

/** The nearest number of 16 bits. */
export function clamp16(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value
}
