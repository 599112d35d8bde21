import type { Sound } from './sound.js'
import { sumErrors, wordErrors } from './word-errors.js'

/** How well our own ears understood our own mouth. */
export interface CallerErrors {
  /** Of the caller. */
  readonly words: number
  /** The word error rate, less the usual one of these ears with this mouth; at least 0. */
  readonly rate: number
  /** The usual one, 0..1. */
  readonly usual: number
}

/** `undefined` if nothing listened to the caller, or it said no words. */
export function callerErrors({ selfHeard }: Pick<Sound, 'selfHeard'>): CallerErrors | undefined {
  if (!selfHeard) return undefined
  const { said, usualWer: usual } = selfHeard
  const { words, errors } = sumErrors(said.map(({ text, heard }) => wordErrors(text, heard)))
  return words === 0 ? undefined : { words, rate: Math.max(0, errors / words - usual), usual }
}
