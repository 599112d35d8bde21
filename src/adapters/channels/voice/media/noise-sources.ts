import { noises, type NoiseKind, type NoiseName } from '../../../../domain/noise.js'
import type { Random } from '../../../../ports/clock.js'
import { powerOf } from '../../../audio/level.js'
import { QuickRandom } from './quick-random.js'
import { Talker } from './talker.js'

/** Noise without an end. */
export interface NoiseSource {
  /** Adds what comes next to samples. @param level  Its root mean square while it sounds, roughly. */
  addTo(samples: Float64Array, level: number): void
}

export interface NoiseUse {
  readonly rate: number
  readonly random: Random
  /** Speech at that rate, which a babble is made of. Default: voices that are generated. */
  readonly voices?: readonly Int16Array[]
}

/** Makes a noise by its name. Every draw comes from `random`. */
export function noiseNamed(name: NoiseName, use: NoiseUse): NoiseSource {
  const parts = noises[name].map(kind => noiseOf(kind, use))
  return together(parts)
}

function noiseOf(kind: NoiseKind, { rate, random, voices = [] }: NoiseUse): NoiseSource {
  switch (kind) {
    case 'white':
      return white(random)
    case 'pink':
      return pink(random)
    case 'hum':
      return hum(rate)
    case 'babble':
      return voices.length > 0 ? together(voices.map(voice => repeated(voice, random))) : babble(rate, random)
    case 'beeps':
      return beeps(rate, random)
  }
}

/** Noises at once, each as loud as the others. */
function together(sources: readonly NoiseSource[]): NoiseSource {
  const share = 1 / Math.sqrt(sources.length)
  return {
    addTo(samples, level) {
      for (const source of sources) source.addTo(samples, level * share)
    },
  }
}

/** Sound that is repeated: a recording, at the rate of the call. It begins at a place that `random` chooses. Silence stays silence. */
export function repeated(samples: Int16Array, random: Random): NoiseSource {
  const scale = 1 / Math.max(1, Math.sqrt(powerOf(samples)))
  let at = Math.floor(random() * samples.length)
  return {
    addTo(target, level) {
      if (samples.length === 0) return
      for (let i = 0; i < target.length; i += 1) {
        at = at + 1 === samples.length ? 0 : at + 1
        target[i]! += samples[at]! * scale * level
      }
    },
  }
}

function white(random: Random): NoiseSource {
  const numbers = new QuickRandom(random)
  return {
    addTo(samples, level) {
      const drawn = numbers.draw(samples.length)
      const scale = level * Math.sqrt(3)
      for (let i = 0; i < samples.length; i += 1) samples[i]! += drawn[i]! * scale
    },
  }
}

/** Falls by 3 dB an octave: Paul Kellet's economy filter. @see https://www.firstpr.com.au/dsp/pink-noise/ */
function pink(random: Random): NoiseSource {
  const numbers = new QuickRandom(random)
  const memory = new Float64Array(3)
  return {
    addTo(samples, level) {
      const drawn = numbers.draw(samples.length)
      const scale = level * 0.42
      let [low, middle, high] = [memory[0]!, memory[1]!, memory[2]!]
      for (let i = 0; i < samples.length; i += 1) {
        const sample = drawn[i]! * Math.sqrt(3)
        low = 0.997_65 * low + sample * 0.099_046
        middle = 0.963 * middle + sample * 0.296_516_4
        high = 0.57 * high + sample * 1.052_691_3
        samples[i]! += (low + middle + high + sample * 0.1848) * scale
      }
      memory[0] = low
      memory[1] = middle
      memory[2] = high
    },
  }
}

/** Mains: 50 Hz and its harmonics. A telephone carries those from 300 Hz on. */
function hum(rate: number): NoiseSource {
  const harmonics = [1, 0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.15]
  const scale = 1 / Math.sqrt(harmonics.reduce((sum, share) => sum + (share * share) / 2, 0))
  const period = Math.round(rate / 50)
  const wave = Float64Array.from({ length: period }, (_, i) =>
    harmonics.reduce((sum, share, index) => sum + share * scale * Math.sin((2 * Math.PI * (index + 1) * i) / period), 0),
  )
  let at = 0
  return {
    addTo(samples, level) {
      for (let i = 0; i < samples.length; i += 1) {
        at = at + 1 === period ? 0 : at + 1
        samples[i]! += wave[at]! * level
      }
    },
  }
}

/** People who talk at once, none of whom can be understood. */
function babble(rate: number, random: Random): NoiseSource {
  const talkers = Array.from({ length: 6 }, () => new Talker(rate, new QuickRandom(random)))
  return {
    addTo(samples, level) {
      for (const talker of talkers) talker.addTo(samples, level)
    },
  }
}

/** A beep of 200 ms every few seconds, as of a till or a monitor. */
function beeps(rate: number, random: Random): NoiseSource {
  const numbers = new QuickRandom(random)
  const length = Math.round(rate * 0.2)
  // Of the beep; before it, how long it is until then, below 0.
  let at = -Math.round(rate * numbers.between(0.5, 3))
  return {
    addTo(samples, level) {
      for (let i = 0; i < samples.length; i += 1, at += 1) {
        if (at === length) at = -Math.round(rate * numbers.between(1, 4))
        if (at > 0) samples[i]! += Math.SQRT2 * Math.sin((2 * Math.PI * 1000 * at) / rate) * level
      }
    },
  }
}
