import type { Random } from '../../../ports/clock.js'
import { saturated } from '../../audio/mix.js'

/** A cough is as long as this, in seconds: a burst of breath, and a shorter one after it. */
const bursts = [
  { atS: 0, lengthS: 0.22, decayS: 0.07 },
  { atS: 0.26, lengthS: 0.16, decayS: 0.05 },
] as const
const lengthS = 0.44
const amplitude = 9000

/** The sound of a cough: breath in two bursts, without a voice. */
export function cough(rate: number, random: Random): Int16Array {
  const samples = new Int16Array(Math.round(rate * lengthS))
  // A throat lets little pass above 1500 Hz.
  const throat = 1 - Math.exp((-2 * Math.PI * 1500) / rate)
  let breath = 0
  for (const { atS, lengthS: burstS, decayS } of bursts) {
    const from = Math.round(rate * atS)
    const length = Math.round(rate * burstS)
    for (let i = 0; i < length; i += 1) {
      breath += ((random() * 2 - 1) * Math.sqrt(3) - breath) * throat
      const rise = Math.min(1, i / (rate * 0.008))
      samples[from + i] = saturated(breath * amplitude * rise * Math.exp(-i / (rate * decayS)))
    }
  }
  return samples
}
