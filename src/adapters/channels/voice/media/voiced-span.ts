import { powerOf } from '../../../audio/level.js'

/** What is this far below the loudest 5 ms, in dB, is not heard as the edge of an utterance. */
const belowPeakDb = 35

/**
 * The first sample of speech in an utterance, and the place after its last one: engines put silence around words.
 *
 * @returns Two places; equal if there is no sound.
 */
export function voicedSpan(samples: Int16Array, rate: number): { readonly first: number; readonly end: number } {
  const window = Math.round(rate / 200)
  let loudest = 0
  for (let at = 0; at < samples.length; at += window) {
    loudest = Math.max(loudest, powerOf(samples, at, Math.min(samples.length, at + window)))
  }
  if (loudest === 0) return { first: 0, end: 0 }
  const least = Math.sqrt(loudest * 10 ** (-belowPeakDb / 10))
  let first = 0
  while (Math.abs(samples[first]!) < least) first += 1
  let end = samples.length
  while (Math.abs(samples[end - 1]!) < least) end -= 1
  return { first, end }
}
