import { HighPass } from '../../../audio/high-pass.js'
import { powerOf } from '../../../audio/level.js'

/** A frame has this many windows of 5 ms. */
const windowsPerFrame = 4

/**
 * The last seconds of a track: its samples, and the power of each 5 ms without the low frequencies, which tell the least about speech. Places are
 * counted in samples from the beginning of the track.
 */
export class TrackHistory {
  readonly window: number
  readonly #frame: number
  readonly #samples: Int16Array
  readonly #powers: Float64Array
  readonly #highPass: HighPass
  readonly #filtered: Float64Array
  #end = 0

  /** @param seconds  How much is kept. */
  constructor(rate: number, seconds: number) {
    this.#frame = rate / 50
    this.window = this.#frame / windowsPerFrame
    if (!Number.isInteger(this.window)) throw new RangeError(`${rate} samples a second are no multiple of 200`)
    this.#highPass = new HighPass(rate)
    this.#filtered = new Float64Array(this.#frame)
    const frames = Math.ceil(seconds * 50)
    this.#samples = new Int16Array(frames * this.#frame)
    this.#powers = new Float64Array(frames * windowsPerFrame)
  }

  /** Where the track ends so far. */
  get end(): number {
    return this.#end
  }

  /** The first sample that is still kept. */
  get start(): number {
    return Math.max(0, this.#end - this.#samples.length)
  }

  /** @returns The mean square of the frame, without low frequencies. */
  add(frame: Int16Array): number {
    const place = this.#end % this.#samples.length
    this.#samples.set(frame, place)
    this.#highPass.pass(frame, this.#filtered)
    let sum = 0
    for (let index = 0; index < windowsPerFrame; index += 1) {
      const power = powerOf(this.#filtered, index * this.window, (index + 1) * this.window)
      this.#powers[place / this.window + index] = power
      sum += power
    }
    this.#end += this.#frame
    return sum / windowsPerFrame
  }

  /** Mean square of the window of 5 ms that `at` is in. */
  powerAt(at: number): number {
    return this.#powers[Math.floor(at / this.window) % this.#powers.length]!
  }

  sampleAt(at: number): number {
    return this.#samples[at % this.#samples.length]!
  }

  /** A copy of the samples from `from` to `to` (exclusive). */
  slice(from: number, to: number): Int16Array {
    const start = Math.max(from, this.start)
    const copy = new Int16Array(Math.max(0, to - start))
    const place = start % this.#samples.length
    const untilEnd = Math.min(copy.length, this.#samples.length - place)
    copy.set(this.#samples.subarray(place, place + untilEnd), 0)
    copy.set(this.#samples.subarray(0, copy.length - untilEnd), untilEnd)
    return copy
  }
}
