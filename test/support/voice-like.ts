import { seededRandom } from '../../src/adapters/clocks/system.js'

/**
 * Sound like a voice: harmonics of 120 Hz, in syllables of about 180 ms that rise within 5 ms and fall within 15, without a pause at either
 * end. About -18 dBFS.
 *
 * @param ms  Its first and its last sample are speech.
 */
export function voiceLike(ms: number, rate: number, { hz = 120, amplitude = 8000 } = {}): Int16Array {
  const samples = new Int16Array(Math.round((rate * ms) / 1000))
  const syllables = Math.max(1, Math.round(ms / 180))
  const length = samples.length / syllables
  for (let i = 0; i < samples.length; i += 1) {
    const into = i % length
    const rise = Math.min(1, into / (rate * 0.005) + 0.1)
    const fall = Math.min(1, (length - into) / (rate * 0.015) + 0.1)
    let value = 0
    for (let harmonic = 1; harmonic <= 12; harmonic += 1) value += Math.cos((2 * Math.PI * hz * harmonic * i) / rate) / harmonic
    samples[i] = Math.round(value * 0.4 * amplitude * Math.min(rise, fall))
  }
  return samples
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
