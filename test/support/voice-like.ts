import { seededRandom } from '../../src/adapters/clocks/system.js'

/**
 * Sound like a voice: harmonics of 120 Hz, in words of about half a second with 40 ms between them, of syllables that rise within 5 ms and fall
 * within 20. About -20 dBFS.
 *
 * @param ms  Its first and its last sample are speech.
 */
export function voiceLike(ms: number, rate: number, { hz = 120, amplitude = 8000 } = {}): Int16Array {
  const samples = new Int16Array(Math.round((rate * ms) / 1000))
  const wave = harmonics(hz, rate)
  const gap = rate * 0.04
  const words = Math.max(1, Math.round(ms / 540))
  const word = (samples.length + gap) / words
  const syllable = (word - gap) / Math.max(1, Math.round((ms / words - 40) / 170))
  for (let i = 0; i < samples.length; i += 1) {
    const into = i % word
    if (into >= word - gap) continue
    const rise = Math.min(1, (into % syllable) / (rate * 0.005) + 0.1)
    const fall = Math.min(1, (syllable - (into % syllable)) / (rate * 0.02) + 0.02)
    // Each syllable ends 6 dB quieter than it begins: what is as loud all the time is no speech.
    const sinks = 1.3 * (1 - (0.5 * (into % syllable)) / syllable)
    samples[i] = Math.round(wave[i % rate]! * 0.4 * amplitude * sinks * Math.min(rise, fall)) || 1
  }
  return samples
}

const waves = new Map<string, Float64Array>()

/** A second of harmonics: they repeat after it. */
function harmonics(hz: number, rate: number): Float64Array {
  const known = waves.get(`${hz}/${rate}`)
  if (known) return known
  const wave = new Float64Array(rate)
  for (let i = 0; i < rate; i += 1) {
    for (let harmonic = 1; harmonic <= 12; harmonic += 1) wave[i]! += Math.cos((2 * Math.PI * hz * harmonic * i) / rate) / harmonic
  }
  waves.set(`${hz}/${rate}`, wave)
  return wave
}

export function silence(ms: number, rate: number): Int16Array {
  return new Int16Array(Math.round((rate * ms) / 1000))
}

/** White noise of a level in dB relative to full scale. */
export function whiteNoise(ms: number, rate: number, dbfs: number, name = 'noise'): Int16Array {
  const random = seededRandom(1, name)
  const amplitude = 10 ** (dbfs / 20) * 32_768 * Math.sqrt(3)
  return Int16Array.from({ length: Math.round((rate * ms) / 1000) }, () => Math.round((random() * 2 - 1) * amplitude))
}

export function joined(...parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Cuts sound into parts; the last one may be shorter. */
export function inParts(samples: Int16Array, length: number): Int16Array[] {
  return Array.from({ length: Math.ceil(samples.length / length) }, (_, part) => samples.subarray(part * length, (part + 1) * length))
}
