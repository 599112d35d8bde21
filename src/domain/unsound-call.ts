import { callerErrors, type CallerErrors } from './caller-errors.js'
import type { Pacing, Sound } from './sound.js'

/** Share of frames that may be late, 0..1. */
const largestLateShare = 0.01
/** A hole of this length is heard, in milliseconds. */
const longestGapMs = 200

/** Why a call says nothing about the agent: this machine was too slow for its sound. `undefined` if it was not. */
export function lateAudio({ lost, late, frames, worstMs, p99Ms }: Pacing): string | undefined {
  const found = [
    ...(lost > 0 ? [`${lost} of ${frames} frames were never sent`] : []),
    ...(late > largestLateShare * frames ? [`${late} of ${frames} frames were sent more than 20 ms late (p99 ${p99Ms} ms)`] : []),
    ...(worstMs > longestGapMs ? [`one came ${worstMs} ms late`] : []),
  ]
  return found.length === 0 ? undefined : found.join(', ')
}

/** Fewer words prove nothing about a voice. */
export const leastWords = 40
const largestWer = 0.15
/** Ears that err more often than this cannot tell whether the caller was at fault. */
const largestUsualWer = 0.1

/** Why nobody could have understood the caller; `undefined` if one could, or that is not known. */
export function unclearCaller(sound: Pick<Sound, 'selfHeard' | 'mouth'>): string | undefined {
  const measured = manyErrors(sound)
  if (!measured || measured.usual > largestUsualWer) return undefined
  const percent = Math.round(measured.rate * 100)
  return `it could not be understood: our own ears made ${percent} % more word errors of ${sound.mouth ?? 'its voice'} than usual, in ${measured.words} words`
}

/** Whether the caller may have been unclear, but our ears are too bad to tell. */
export function mayBeUnclear(sound: Pick<Sound, 'selfHeard'>): boolean {
  return (manyErrors(sound)?.usual ?? 0) > largestUsualWer
}

function manyErrors(sound: Pick<Sound, 'selfHeard'>): CallerErrors | undefined {
  const measured = callerErrors(sound)
  return measured && measured.words >= leastWords && measured.rate > largestWer ? measured : undefined
}
