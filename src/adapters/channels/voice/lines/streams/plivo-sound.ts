import { muLaw } from '../../../../audio/g711.js'
import { readWav } from '../../../../audio/read-wav.js'
import type { MakeResampler, Resampler } from '../../../../audio/resample.js'
import type { Samples } from '../../../../../domain/samples.js'
import { samplesOf } from '../pcm.js'
import type { ReadSound } from './stream-wire.js'

/** The rates that sound comes at. */
const rates: ReadonlySet<number> = new Set([8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])

/** Reads the sound of `playAudio`: mu-law, 16-bit PCM or WAV files, of several rates, as samples of 8000 a second. */
export class PlivoSound {
  readonly #make: MakeResampler
  /** By rate: the sound of one message follows that of the one before. */
  readonly #resamplers = new Map<number, Resampler>()

  constructor(make: MakeResampler) {
    this.#make = make
  }

  /** What reads the sound of a message; `undefined` if Plivo does not take it. What it reads is `undefined` if it is no such sound. */
  reader({ contentType, sampleRate = 8_000 }: Readonly<Record<string, unknown>>): ReadSound | undefined {
    const type = typeof contentType === 'string' ? contentType.toLowerCase().replace(/^audio\/(x-)?/, '') : ''
    const rate = Number(sampleRate)
    switch (type) {
      case 'wav':
        return bytes => this.#ofWav(bytes)
      case 'mulaw':
        return bytes => this.#atOurRate({ rate, samples: muLaw.decode(bytes) })
      case 'l16':
        return bytes => this.#atOurRate({ rate, samples: samplesOf(bytes) })
      default:
        return undefined
    }
  }

  free(): void {
    for (const resampler of this.#resamplers.values()) resampler.free()
    this.#resamplers.clear()
  }

  #ofWav(bytes: Buffer): Int16Array | undefined {
    const sound = readWav(bytes)
    return 'problem' in sound ? undefined : this.#atOurRate(sound)
  }

  #atOurRate({ rate, samples }: Samples): Int16Array | undefined {
    if (rate === 8_000) return samples
    if (!rates.has(rate)) return undefined
    let resampler = this.#resamplers.get(rate)
    if (!resampler) {
      resampler = this.#make(rate, 8_000)
      this.#resamplers.set(rate, resampler)
    }
    return resampler.resample(samples)
  }
}
