import type { VoiceDetector } from '../../ports/speech.js'
import { dbfsOf, powerOf } from './level.js'
import { NoiseFloor } from './noise-floor.js'

/** How far above the background speech begins, in dB. Telephone speech is 15 dB above it or more. */
const onDb = 8
/** How far above the background speech goes on, in dB: less, so that it does not flicker. */
const offDb = 5

/**
 * Takes for speech what is louder than the background. It costs nearly nothing, and takes tones, music and loud or sudden noise for speech;
 * steady noise up to -30 dBFS only for 3 s, until it is the background. It decides on each frame alone: who listens bridges the pauses between words.
 */
export class EnergyDetector implements VoiceDetector {
  readonly onsetLagMs = 0
  readonly #floor = new NoiseFloor()
  #isSpeech = false

  isSpeech(frame: Int16Array): boolean {
    const dbfs = dbfsOf(powerOf(frame))
    this.#isSpeech = dbfs - this.#floor.dbfs >= (this.#isSpeech ? offDb : onDb)
    this.#floor.hear(dbfs)
    return this.#isSpeech
  }
}
