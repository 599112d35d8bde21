import { powerOfDbfs } from '../../../audio/level.js'

/** A shorter run of zeros is sound that happens to be quiet. */
const shortestGapS = 0.005
const longestGapS = 0.2
/** Sound breaks off if it was this loud right before, relative to the last 100 ms; a voice that falls silent fades. */
const brokenShare = 0.25
const quietestAmplitude = Math.sqrt(powerOfDbfs(-40))

/** Counts gaps of at most 200 ms of nothing, before which sound broke off. */
export class DropoutCounter {
  readonly #rate: number
  readonly #fastDecay: number
  readonly #slowDecay: number
  /** The loudest samples of about the last 6 ms, which is between two pulses of a deep voice, and of the last 100 ms. */
  #fast = 0
  #slow = 0
  #zeros = 0
  #count = 0

  constructor(rate: number) {
    this.#rate = rate
    this.#fastDecay = Math.exp(-1 / (0.006 * rate))
    this.#slowDecay = Math.exp(-1 / (0.1 * rate))
  }

  get count(): number {
    return this.#count
  }

  hear(frame: Int16Array): void {
    // Local, because fields are slow in a loop.
    let [fast, slow] = [this.#fast, this.#slow]
    const [fastDecay, slowDecay] = [this.#fastDecay, this.#slowDecay]
    for (let i = 0; i < frame.length; i += 1) {
      const amplitude = Math.abs(frame[i]!)
      if (amplitude === 0) {
        this.#zeros += 1
        continue
      }
      if (this.#zeros > 0 && this.#endsGap(fast, slow)) fast = slow = 0
      fast = Math.max(amplitude, fast * fastDecay)
      slow = Math.max(amplitude, slow * slowDecay)
    }
    this.#fast = fast
    this.#slow = slow
  }

  /** @returns Whether what was before was long enough to be a gap, or a pause. */
  #endsGap(fast: number, slow: number): boolean {
    const seconds = this.#zeros / this.#rate
    this.#zeros = 0
    if (seconds < shortestGapS) return false
    if (seconds <= longestGapS && slow >= quietestAmplitude && fast >= slow * brokenShare) this.#count += 1
    return true
  }
}
