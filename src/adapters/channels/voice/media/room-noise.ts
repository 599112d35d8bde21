import type { Random } from '../../../../ports/clock.js'
import type { NoiseSource } from './noise-sources.js'
import { QuickRandom } from './quick-random.js'

/** The noise of the room that the caller is in. */
export interface RoomNoise {
  /** Absent: nothing but bursts. */
  readonly source?: NoiseSource
  /** How far below the caller's speech it is, in dB. */
  readonly snrDb: number
  /** By how much its level wanders up and down, in dB. */
  readonly driftDb: number
  /** Doors, coughs and dishes. */
  readonly burstsPerMinute: number
}

/** The level wanders to another one in this time. */
const driftFrames = 250
/** A burst is this loud relative to the speech, in dB, and falls to a third in the time that is drawn for it. */
const burstDb = -3
const framesPerMinute = 3000

/** Adds a room's noise to what the caller sends, 20 ms at a time. */
export class NoisyRoom {
  readonly #noise: RoomNoise
  readonly #rate: number
  readonly #speech: number
  readonly #numbers: QuickRandom
  #frames = 0
  /** Of the drift, in dB: where it comes from and where it goes. */
  #fromDb = 0
  #toDb = 0
  #burst = 0
  #burstDecay = 0

  /** @param speechRms  Root mean square of the caller's speech. */
  constructor(noise: RoomNoise, rate: number, speechRms: number, random: Random) {
    this.#noise = noise
    this.#rate = rate
    this.#speech = speechRms
    this.#numbers = new QuickRandom(random)
  }

  addTo(samples: Float64Array): void {
    const { source, snrDb, burstsPerMinute } = this.#noise
    const level = this.#speech * 10 ** ((this.#driftDb() - snrDb) / 20)
    if (this.#numbers.next() < burstsPerMinute / framesPerMinute) this.#beginBurst()
    source?.addTo(samples, level)
    if (this.#burst > 1) this.#addBurst(samples)
  }

  #driftDb(): number {
    const at = this.#frames % driftFrames
    if (at === 0) {
      this.#fromDb = this.#toDb
      this.#toDb = this.#numbers.between(-this.#noise.driftDb, this.#noise.driftDb)
    }
    this.#frames += 1
    return this.#fromDb + ((this.#toDb - this.#fromDb) * at) / driftFrames
  }

  #beginBurst(): void {
    this.#burst = this.#speech * 10 ** (burstDb / 20)
    this.#burstDecay = Math.exp(-1 / (this.#numbers.between(0.03, 0.15) * this.#rate))
  }

  #addBurst(samples: Float64Array): void {
    let burst = this.#burst
    for (let i = 0; i < samples.length; i += 1) {
      samples[i]! += (this.#numbers.next() * 2 - 1) * Math.sqrt(3) * burst
      burst *= this.#burstDecay
    }
    this.#burst = burst
  }
}
