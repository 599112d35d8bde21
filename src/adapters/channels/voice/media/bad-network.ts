import type { NetworkQuality } from '../../../../domain/caller-sound.js'
import type { Random } from '../../../../ports/clock.js'
import { QuickRandom } from './quick-random.js'

const frameMs = 20
/** The delay may change this often: each second. */
const framesPerChange = 50

/**
 * Does to sound what a bad network does to it. Losses come in bursts, after Gilbert and Elliott: a good state in which nothing is lost, and a bad
 * one in which everything is. What is lost is silence. When the delay grows there is a hole, when it shrinks a frame is missing.
 */
export class BadNetwork {
  readonly #quality: NetworkQuality
  readonly #numbers: QuickRandom
  /** Frames on their way, as a ring. */
  readonly #frames: Int16Array[]
  #sent = 0
  #delay: number
  #isBad = false

  constructor(quality: NetworkQuality, frameLength: number, random: Random) {
    this.#quality = quality
    this.#numbers = new QuickRandom(random)
    this.#delay = framesOf(quality.delayMs)
    const most = framesOf(quality.delayMs + quality.jitterMs) + 1
    this.#frames = Array.from({ length: most }, () => new Int16Array(frameLength))
  }

  /** How many frames later sound arrives now. */
  get delayFrames(): number {
    return this.#delay
  }

  /** Sends a frame, and replaces it by the one that arrives. */
  pass(frame: Int16Array): void {
    const { jitterMs, delayMs } = this.#quality
    const [index, length] = [this.#sent, this.#frames.length]
    const sent = this.#frames[index % length]!
    if (this.#loses()) sent.fill(0)
    else sent.set(frame)
    if (jitterMs > 0 && index % framesPerChange === framesPerChange - 1) {
      this.#delay = framesOf(delayMs + this.#numbers.next() * jitterMs)
    }
    const arriving = index - this.#delay
    if (arriving < 0) frame.fill(0)
    else frame.set(this.#frames[arriving % length]!)
    this.#sent += 1
  }

  #loses(): boolean {
    const { loss, meanBurstMs } = this.#quality
    if (loss <= 0) return false
    if (loss >= 1) return true
    // So that the share of bad frames is `loss`. Of large losses no burst is short.
    const recovers = Math.min(1, frameMs / meanBurstMs, (1 - loss) / loss)
    const fails = (recovers * loss) / (1 - loss)
    this.#isBad = this.#isBad ? this.#numbers.next() >= recovers : this.#numbers.next() < fails
    return this.#isBad
  }
}

function framesOf(ms: number): number {
  return Math.round(ms / frameMs)
}
