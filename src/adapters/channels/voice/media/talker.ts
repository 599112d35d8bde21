import type { QuickRandom } from './quick-random.js'

/** One voice of a babble: a buzzing throat, in syllables, of which nobody could tell the words. */
export class Talker {
  readonly #rate: number
  readonly #numbers: QuickRandom
  /** How fast the level follows that of the syllable, and how much of the buzz passes the mouth. */
  readonly #glide: number
  readonly #mouth: number
  #left = 0
  #target = 0
  #level = 0
  #phase = 0
  #step = 0
  #smooth = 0

  constructor(rate: number, numbers: QuickRandom) {
    this.#rate = rate
    this.#numbers = numbers
    this.#glide = 1 - Math.exp(-1 / (0.02 * rate))
    this.#mouth = 1 - Math.exp((-2 * Math.PI * 900) / rate)
  }

  /** @param level  Root mean square of a babble of six. */
  addTo(samples: Float64Array, level: number): void {
    let [phase, smooth, own] = [this.#phase, this.#smooth, this.#level]
    // Local, because fields are slow in a loop.
    let [left, target, step] = [this.#left, this.#target, this.#step]
    const [glide, mouth, scale] = [this.#glide, this.#mouth, level * 1.1]
    for (let i = 0; i < samples.length; i += 1) {
      if (left === 0) {
        this.#beginSyllable()
        left = this.#left
        target = this.#target
        step = this.#step
      }
      left -= 1
      own += (target - own) * glide
      phase += step
      if (phase >= 1) phase -= 1
      smooth += ((phase * 2 - 1) * own - smooth) * mouth
      samples[i]! += smooth * scale
    }
    this.#left = left
    this.#phase = phase
    this.#smooth = smooth
    this.#level = own
  }

  /** Two syllables of three sound. The pitch is that of men, women and children. */
  #beginSyllable(): void {
    this.#left = Math.round(this.#rate * this.#numbers.between(0.08, 0.3))
    this.#target = this.#numbers.next() < 0.67 ? this.#numbers.between(0.5, 1.5) : 0
    this.#step = this.#numbers.between(90, 260) / this.#rate
  }
}
