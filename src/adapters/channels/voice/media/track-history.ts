/** A frame has this many windows of 5 ms. */
const windowsPerFrame = 4

/** The last seconds of a track: its samples, and the power of each 5 ms. Places are counted in samples from the beginning of the track. */
export class TrackHistory {
  readonly window: number
  readonly #frame: number
  readonly #samples: Int16Array
  readonly #powers: Float64Array
  #end = 0

  /** @param seconds  How much is kept. */
  constructor(rate: number, seconds: number) {
    this.#frame = rate / 50
    this.window = this.#frame / windowsPerFrame
    if (!Number.isInteger(this.window)) throw new RangeError(`${rate} samples a second are no multiple of 200`)
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

  /** @returns The mean square of the frame. */
  add(frame: Int16Array): number {
    const place = this.#end % this.#samples.length
    const samples = this.#samples
    let sum = 0
    for (let index = 0; index < windowsPerFrame; index += 1) {
      let energy = 0
      const end = (index + 1) * this.window
      for (let i = index * this.window; i < end; i += 1) {
        const sample = frame[i]!
        samples[place + i] = sample
        energy += sample * sample
      }
      this.#powers[place / this.window + index] = energy / this.window
      sum += energy
    }
    this.#end += this.#frame
    return sum / this.#frame
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
