import { powerOfDbfs } from './level.js'
import { dtmfColumnsHz, dtmfKeys, dtmfRowsHz } from './tones.js'

/** Quieter frames are not looked at. Telephone keys are at -10 dBFS, at -30 after a bad line. */
const quietestPower = powerOfDbfs(-40)
/** The two tones must carry this share of a frame's power. Of speech, two of the eight frequencies never do for 40 ms. */
const leastShare = 0.6
/** How much louder one of the two tones may be than the other, as a ratio of power: 8 dB, as ITU-T Q.24 has it. */
const mostTwist = 6.3
/** A key is pressed once this many frames in a row sound like it: 40 ms. */
const framesToPress = 2

/** Hears telephone keys in sound, 20 ms at a time, by eight Goertzel filters. */
export class DtmfDetector {
  readonly #coefficients: Float64Array
  readonly #powers = new Float64Array(8)
  #last = ''
  #run = 0
  #pressed = ''

  constructor(rate: number) {
    this.#coefficients = Float64Array.from([...dtmfRowsHz, ...dtmfColumnsHz], hz => 2 * Math.cos((2 * Math.PI * hz) / rate))
  }

  /** The key whose tones the last frame carried; empty for none. */
  get tone(): string {
    return this.#last
  }

  /**
   * @param power  Mean square of the frame.
   * @returns The key that is pressed as of this frame; empty for none. A key that is held is told of once.
   */
  hear(frame: Int16Array, power: number): string {
    const key = power < quietestPower ? '' : this.#keyIn(frame, power)
    this.#run = key !== '' && key === this.#last ? this.#run + 1 : 1
    this.#last = key
    if (key === '') {
      this.#pressed = ''
      return ''
    }
    if (this.#run < framesToPress || key === this.#pressed) return ''
    this.#pressed = key
    return key
  }

  #keyIn(frame: Int16Array, power: number): string {
    // A sine of amplitude A gives a Goertzel power of (A N / 2)^2 and a mean square of A^2 / 2.
    const whole = (power * frame.length * frame.length) / 2
    this.#measureFour(frame, 0)
    const row = this.#loudest(0)
    const rowPower = this.#powers[row]!
    // Then no column can make up for it, and most frames need no more.
    if (rowPower * (1 + mostTwist) < whole * leastShare) return ''
    this.#measureFour(frame, 4)
    const column = this.#loudest(4)
    const columnPower = this.#powers[column]!
    if (rowPower + columnPower < whole * leastShare) return ''
    if (rowPower > columnPower * mostTwist || columnPower > rowPower * mostTwist) return ''
    return dtmfKeys[row]![column - 4]!
  }

  /** Four filters in one pass: a processor works on them at once. */
  #measureFour(frame: Int16Array, from: number): void {
    const coefficients = this.#coefficients
    const [a, b, c, d] = [coefficients[from]!, coefficients[from + 1]!, coefficients[from + 2]!, coefficients[from + 3]!]
    let [a1, a2, b1, b2, c1, c2, d1, d2] = [0, 0, 0, 0, 0, 0, 0, 0]
    for (let i = 0; i < frame.length; i += 1) {
      const sample = frame[i]!
      const [a0, b0, c0, d0] = [sample + a * a1 - a2, sample + b * b1 - b2, sample + c * c1 - c2, sample + d * d1 - d2]
      a2 = a1
      a1 = a0
      b2 = b1
      b1 = b0
      c2 = c1
      c1 = c0
      d2 = d1
      d1 = d0
    }
    this.#powers[from] = a2 * a2 + a1 * a1 - a * a2 * a1
    this.#powers[from + 1] = b2 * b2 + b1 * b1 - b * b2 * b1
    this.#powers[from + 2] = c2 * c2 + c1 * c1 - c * c2 * c1
    this.#powers[from + 3] = d2 * d2 + d1 * d1 - d * d2 * d1
  }

  #loudest(from: number): number {
    let loudest = from
    for (let tone = from + 1; tone < from + 4; tone += 1) if (this.#powers[tone]! > this.#powers[loudest]!) loudest = tone
    return loudest
  }
}
