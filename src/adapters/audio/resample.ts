import { setImmediate } from 'node:timers/promises'
import type { SpeexResampler } from '@echogarden/speex-resampler-wasm/simd'
import type { Samples } from '../../domain/samples.js'
import { importOptional } from '../../ports/package-missing.js'

/** Changes the rate of sound that comes in parts. */
export interface Resampler {
  /** The sound at the new rate, as far as the parts so far tell. Some samples follow with the next part. */
  resample(part: Int16Array): Int16Array
  /** The rest of the sound, after its last part. Nothing follows. */
  end(): Int16Array
  /** Gives back its memory. Harmless when repeated. */
  free(): void
}

export type MakeResampler = (fromRate: number, toRate: number) => Resampler

/** Of 0 to 10. Above 5 nothing is heard at telephone rates, and it costs twice as much. */
const quality = 5

let loaded: Promise<MakeResampler> | undefined

/**
 * Loads what changes rates: once in a thread. An instance of the package has 16 MB of memory, and garbage is collected for each that is made.
 *
 * @throws {PackageMissing}
 */
export function loadResampler(): Promise<MakeResampler> {
  return (loaded ??= load().catch((cause: unknown) => {
    loaded = undefined
    throw cause
  }))
}

async function load(): Promise<MakeResampler> {
  const { default: open } = await importOptional(
    () => import('@echogarden/speex-resampler-wasm/simd'),
    'Sound of another rate than that of the call',
    '@echogarden/speex-resampler-wasm@0.3',
  )
  const speex = await open()
  return (fromRate, toRate) => speexResampler(speex, fromRate, toRate)
}

/**
 * Sound at another rate. Needs no package if it has the rate. Long sound takes turns with the other work of the thread.
 *
 * @throws {PackageMissing}
 */
export async function resample(sound: Samples, rate: number): Promise<Samples> {
  if (sound.rate === rate) return sound
  const make = await loadResampler()
  const resampler = make(sound.rate, rate)
  const samples = new Int16Array(Math.round((sound.samples.length * rate) / sound.rate))
  let at = 0
  const add = (part: Int16Array) => {
    samples.set(part.subarray(0, samples.length - at), at)
    at = Math.min(samples.length, at + part.length)
  }
  const pieceLength = Math.ceil(mostAtOnce * Math.min(1, sound.rate / rate))
  try {
    for (let from = 0; from < sound.samples.length; from += pieceLength) {
      if (from > 0) await setImmediate()
      add(resampler.resample(sound.samples.subarray(from, from + pieceLength)))
    }
    add(resampler.end())
  } finally {
    resampler.free()
  }
  return { rate, samples }
}

/** Samples, read or made, after which the thread sees to other work: some 10 ms of resampling. */
const mostAtOnce = 65_536

/** How much is resampled in one go, in samples. */
const most = 8192

function speexResampler(speex: SpeexResampler, fromRate: number, toRate: number): Resampler {
  const mostMade = Math.ceil((most * toRate) / fromRate) + 16
  const state = speex._speex_resampler_init(1, fromRate, toRate, quality, 0)
  if (state === 0) throw new RangeError(`cannot resample from ${fromRate} to ${toRate} samples a second`)
  const [input, output, lengths] = [speex._malloc(most * 2), speex._malloc(mostMade * 2), speex._malloc(8)]
  // Its delay is left out, so that sound keeps its place in time.
  speex._speex_resampler_skip_zeros(state)
  let isFreed = false

  return {
    resample: make,
    end: () => make(new Int16Array(speex._speex_resampler_get_input_latency(state))),
    free() {
      if (isFreed) return
      isFreed = true
      speex._speex_resampler_destroy(state)
      for (const place of [input, output, lengths]) speex._free(place)
    },
  }

  function make(part: Int16Array): Int16Array {
    const made = new Int16Array(Math.ceil((part.length * toRate) / fromRate) + 16)
    let [taken, at] = [0, 0]
    while (taken < part.length) {
      const next = part.subarray(taken, taken + most)
      speex.HEAP16.set(next, input / 2)
      speex.HEAP32[lengths / 4] = next.length
      speex.HEAP32[lengths / 4 + 1] = mostMade
      speex._speex_resampler_process_int(state, 0, input, lengths, output, lengths + 4)
      const [took, count] = [speex.HEAP32[lengths / 4]!, speex.HEAP32[lengths / 4 + 1]!]
      if (took === 0 && count === 0) break
      made.set(speex.HEAP16.subarray(output / 2, output / 2 + count), at)
      taken += took
      at += count
    }
    return made.subarray(0, at)
  }
}
