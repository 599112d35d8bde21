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

  /** @param amplitude  Of the next sample, 0..32768. */
  hear(amplitude: number): void {
    if (amplitude === 0) {
      this.#zeros += 1
      return
    }
    if (this.#zeros > 0) this.#endGap()
    const fast = this.#fast * this.#fastDecay
    const slow = this.#slow * this.#slowDecay
    this.#fast = amplitude > fast ? amplitude : fast
    this.#slow = amplitude > slow ? amplitude : slow
  }

  #endGap(): void {
    const seconds = this.#zeros / this.#rate
    this.#zeros = 0
    if (seconds < shortestGapS) return
    if (seconds <= longestGapS && this.#slow >= quietestAmplitude && this.#fast >= this.#slow * brokenShare) this.#count += 1
    this.#fast = 0
    this.#slow = 0
  }
}
