import type { VoiceDetector } from '../../ports/speech.js'
import { HighPass } from './high-pass.js'
import { dbfsOf, powerOf } from './level.js'
import { NoiseFloor } from './noise-floor.js'

/** How far above the background speech begins, in dB: speech on a telephone is 15 dB above it or more, its quiet syllables less. */
const onDb = 7
/** Of a background that wanders, so many times as far as that, but no farther than loud speech is above any background. */
const onSpreads = 4
const mostOnDb = 14
/** By how much less speech goes on, in dB, so that it does not flicker. */
const hysteresisDb = 3

/**
 * Takes for speech what is louder than the background. It costs nearly nothing, and takes tones, music, voices in the background and sudden
 * noise for speech; steady noise up to -30 dBFS only for 3 s, until it is the background. It decides on each frame alone: who listens bridges
 * the pauses between words.
 */
export class EnergyDetector implements VoiceDetector {
  readonly onsetLagMs = 0
  readonly #floor = new NoiseFloor()
  #highPass: HighPass | undefined
  #filtered = new Float64Array(0)
  #isSpeech = false

  isSpeech(frame: Int16Array): boolean {
    if (this.#filtered.length !== frame.length) {
      this.#filtered = new Float64Array(frame.length)
      this.#highPass = new HighPass(frame.length * 50)
    }
    this.#highPass?.pass(frame, this.#filtered)
    const dbfs = dbfsOf(powerOf(this.#filtered))
    this.#isSpeech = dbfs - this.#floor.dbfs >= aboveBackgroundDb(this.#floor) - (this.#isSpeech ? hysteresisDb : 0)
    this.#floor.hear(dbfs, this.#isSpeech)
    return this.#isSpeech
  }
}

/** How far above the background sound is that may be speech, in dB. */
export function aboveBackgroundDb({ spreadDb }: NoiseFloor): number {
  return Math.max(onDb, Math.min(mostOnDb, onSpreads * spreadDb))
}
