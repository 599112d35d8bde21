import { isCausedBy, type Cause } from '../../domain/cause.js'
import type { Scenario } from '../../domain/document.js'
import type { Check } from '../../domain/verdict.js'
import type { SortedTranscript } from './sorted-transcript.js'

/**
 * A check for conversations that never got going: no step of the script ever answered, the caller had nothing more to say,
 * and our own limit ended the call. Silence about something proves nothing in such a call, so the check is `unknown` if the
 * scenario asks only for what must *not* happen. If it asks for something that must happen, that is evidence enough.
 *
 * @returns `undefined` if there is no such doubt.
 */
export function scriptGotGoing({ behaviour, expect }: Scenario, { transcript, lastTurn }: SortedTranscript): Check | undefined {
  if (transcript.ending.by !== 'limit' || behaviour.kind !== 'script') return undefined
  const { steps } = behaviour.script
  if (steps.length === 0 || expect.some(({ kind }) => kind !== 'not')) return undefined
  const isStep = (cause: Cause | undefined): boolean => steps.some(step => isCausedBy(step.cause, cause))
  if (transcript.moments.some(moment => moment.type === 'said' && isStep(moment.cause))) return undefined
  return {
    assertion: 'a step of the script was said',
    holds: 'unknown',
    because: `no step matched what the agent said, so the script never continued; ended by ${transcript.ending.reason}`,
    turn: lastTurn,
  }
}
