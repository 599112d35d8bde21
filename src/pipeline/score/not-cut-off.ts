import { expectsCutOff } from '../../domain/expects-cut-off.js'
import type { Scenario } from '../../domain/document.js'
import type { Check } from '../../domain/verdict.js'
import type { SortedTranscript } from './sorted-transcript.js'

/** What the check of {@link notCutOff} is called. */
export const notCutOffAssertion = 'the conversation was not cut off'

/**
 * A check that fails where the agent broke off in the middle and the scenario does not expect it, as a stored conversation may
 * when it is scored with another suite.
 *
 * @returns `undefined` in all other cases.
 */
export function notCutOff({ expect }: Pick<Scenario, 'expect'>, { transcript, lastTurn }: SortedTranscript): Check | undefined {
  const { cutOff } = transcript.ending
  if (cutOff === undefined || expectsCutOff(expect, cutOff)) return undefined
  return { assertion: notCutOffAssertion, holds: 'no', because: `cut off: ${cutOff}`, turn: lastTurn }
}
