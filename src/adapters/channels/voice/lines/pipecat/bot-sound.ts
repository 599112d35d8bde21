import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import type { Place } from '../../../../../domain/place.js'
import type { LineEvent } from '../../../../../ports/line.js'
import type { MakeResampler, Resampler } from '../../../../audio/resample.js'
import { samplesOf } from '../pcm.js'

/** Samples a second of a line to a bot of Pipecat. */
export const pipecatRate = 16_000

/** The rates that a bot may speak at. */
const rates: ReadonlySet<number> = new Set([8_000, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])

/** The sound of a bot in one call: at the rate that each message names, and heard at ours. */
export class BotSound {
  readonly #resampler: MakeResampler
  readonly #hear: (event: LineEvent) => void
  readonly #place: Place
  readonly #resamplers = new Map<number, Resampler>()

  constructor(resampler: MakeResampler, hear: (event: LineEvent) => void, place: Place) {
    this.#resampler = resampler
    this.#hear = hear
    this.#place = place
  }

  /** @param audio  Samples of 16 bits, the low byte first. @throws {FaultError} when no agent speaks so. */
  read(audio: Buffer, rate: number, channels: number): void {
    if (!rates.has(rate) || channels !== 1) throw new FaultError(lineFaults.soundOfOtherKind({ place: this.#place, rate, channels }))
    const samples = this.#atOurRate(samplesOf(audio), rate)
    if (samples.length > 0) this.#hear({ type: 'sound', samples })
  }

  free(): void {
    for (const each of this.#resamplers.values()) each.free()
    this.#resamplers.clear()
  }

  #atOurRate(samples: Int16Array, rate: number): Int16Array {
    if (rate === pipecatRate) return samples
    let making = this.#resamplers.get(rate)
    if (!making) this.#resamplers.set(rate, (making = this.#resampler(rate, pipecatRate)))
    return making.resample(samples)
  }
}
