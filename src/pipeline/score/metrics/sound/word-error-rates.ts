import { callerErrors } from '../../../../domain/caller-errors.js'
import { wordErrors } from '../../../../domain/word-errors.js'
import { ofSound } from './of-sound.js'

/**
 * How well the caller could be understood: the word error rate of our own ears with our own mouth in this call, before noise, band and
 * network, less what these ears make of this mouth in general.
 *
 * Unit: 0..1 (above 1 if words were added).
 * Source: the word error rate of NIST's speech recognition evaluations (SCTK).
 */
export const callerWer = ofSound(sound => {
  const measured = callerErrors(sound)
  return measured ? { value: thousandths(measured.rate) } : { because: 'nothing listened to the caller' }
})

/**
 * How much of what the agent's connection claims was heard otherwise: the word error rate of the heard words against the claimed ones.
 *
 * Unit: 0..1 (above 1 if words were added). Source: as `caller_wer`.
 */
export const heardWer = ofSound(({ claimed = [], ears }, { agent }) => {
  if (claimed.length === 0) return { moot: 'the connection claims no words' }
  if (ears === undefined) return { because: 'nothing heard the agent' }
  const { words, errors } = wordErrors(claimed.map(({ text }) => text).join(' '), agent.map(({ text }) => text).join(' '))
  return words > 0 ? { value: thousandths(errors / words) } : { moot: 'the connection claims no words' }
})

function thousandths(rate: number): number {
  return Math.round(rate * 1000) / 1000
}
