import type { Random } from '../../../../ports/clock.js'
import { powerOf } from '../../../audio/level.js'
import { QuickRandom } from './quick-random.js'

/** Noise without an end, of a root mean square of about 1 while it sounds. */
export interface NoiseSource {
  next(): number
}

/** The noises that are generated. */
export const noiseNames = ['white', 'pink', 'hum', 'babble', 'beeps'] as const
export type NoiseName = (typeof noiseNames)[number]

/** Makes a noise by its name. Every draw comes from `random`. */
export function noiseNamed(name: NoiseName, rate: number, random: Random): NoiseSource {
  switch (name) {
    case 'white':
      return white(random)
    case 'pink':
      return pink(random)
    case 'hum':
      return hum(rate)
    case 'babble':
      return babble(rate, random)
    case 'beeps':
      return beeps(rate, random)
  }
}

/** Sound that is repeated: a recording, at the rate of the call. It begins at a place that `random` chooses. Silence stays silence. */
export function repeated(samples: Int16Array, random: Random): NoiseSource {
  const scale = 1 / Math.max(1, Math.sqrt(powerOf(samples)))
  let at = Math.floor(random() * samples.length)
  return {
    next() {
      if (samples.length === 0) return 0
      at = (at + 1) % samples.length
      return samples[at]! * scale
    },
  }
}

function white(random: Random): NoiseSource {
  const numbers = new QuickRandom(random)
  return { next: () => (numbers.next() * 2 - 1) * Math.sqrt(3) }
}

/** Falls by 3 dB an octave: Paul Kellet's economy filter. @see https://www.firstpr.com.au/dsp/pink-noise/ */
function pink(random: Random): NoiseSource {
  const source = white(random)
  let [low, middle, high] = [0, 0, 0]
  return {
    next() {
      const sample = source.next()
      low = 0.997_65 * low + sample * 0.099_046
      middle = 0.963 * middle + sample * 0.296_516_4
      high = 0.57 * high + sample * 1.052_691_3
      return (low + middle + high + sample * 0.1848) * 0.42
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
    next() {
      at = (at + 1) % period
      return wave[at]!
    },
  }
}

const talkers = 6

/** People who talk at once, none of whom can be understood: buzzing throats, in syllables of their own. */
function babble(rate: number, random: Random): NoiseSource {
  const numbers = new QuickRandom(random)
  const voices = Array.from({ length: talkers }, () => ({ phase: 0, step: 0, left: 0, target: 0, level: 0, smooth: 0 }))
  const glide = 1 - Math.exp(-1 / (0.02 * rate))
  const mouth = 1 - Math.exp((-2 * Math.PI * 900) / rate)
  return {
    next() {
      let sum = 0
      for (const voice of voices) {
        if (voice.left === 0) {
          // Two syllables of three sound; the pitch is that of men, women and children.
          voice.left = Math.round(rate * numbers.between(0.08, 0.3))
          voice.target = numbers.next() < 0.67 ? numbers.between(0.5, 1.5) : 0
          voice.step = numbers.between(90, 260) / rate
        }
        voice.left -= 1
        voice.level += (voice.target - voice.level) * glide
        voice.phase = (voice.phase + voice.step) % 1
        voice.smooth += ((voice.phase * 2 - 1 + (numbers.next() - 0.5) * 0.4) * voice.level - voice.smooth) * mouth
        sum += voice.smooth
      }
      return sum * 1.1
    },
  }
}

/** A beep of 200 ms every few seconds, as of a till or a monitor. */
function beeps(rate: number, random: Random): NoiseSource {
  const numbers = new QuickRandom(random)
  const length = Math.round(rate * 0.2)
  let [at, wait] = [length, Math.round(rate * numbers.between(0.5, 3))]
  return {
    next() {
      if (wait > 0) {
        wait -= 1
        return 0
      }
      at = at === length ? 0 : at + 1
      if (at === length) wait = Math.round(rate * numbers.between(1, 4))
      return Math.SQRT2 * Math.sin((2 * Math.PI * 1000 * at) / rate)
    },
  }
}
