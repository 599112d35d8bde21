import { isCausedBy, type Cause } from '../../domain/cause.js'
import type { Scenario } from '../../domain/document.js'
import type { Check } from '../../domain/verdict.js'
import type { SortedTranscript } from './sorted-transcript.js'

/**
 * A check for conversations in which the script had no step for what the agent said: the caller had nothing more to say, and our
 * own limit ended the call. It is `unknown`, and says which words no step answers, so that nobody takes the end for the
 * agent's silence. It is made in two cases:
 *
 * - No step ever answered, and the scenario asks only for what must *not* happen: silence about something proves nothing in
 *   such a call. If it asks for something that must happen, that is evidence enough.
 * - Another check did not match: the words without a step explain why.
 *
 * @param hasFailed  Whether another check is `no`.
 * @returns `undefined` if there is no such doubt.
 */
export function scriptGotGoing({ behaviour, expect }: Scenario, conversation: SortedTranscript, hasFailed: boolean): Check | undefined {
  const { transcript, agent, lastTurn } = conversation
  if (transcript.ending.by !== 'limit' || behaviour.kind !== 'script') return undefined
  const { steps } = behaviour.script
  if (steps.length === 0) return undefined
  const isStep = (cause: Cause | undefined): boolean => steps.some(step => isCausedBy(step.cause, cause))
  const hasGotGoing = transcript.moments.some(moment => moment.type === 'said' && isStep(moment.cause))
  const provesNothing = !hasGotGoing && expect.every(({ kind }) => kind === 'not')
  const isStuck = transcript.ending.reason === 'Main agent-silence-timed-out' && agent.length > 0
  if (!provesNothing && !(hasFailed && isStuck)) return undefined
  const words = agent.at(-1)
  return {
    assertion: hasGotGoing ? 'a step of the script answers the agent' : 'a step of the script was said',
    holds: 'unknown',
    because: `no step answers ${words ? conversation.quoteSaid(words) : 'an agent that says nothing'}, so the caller had nothing more to say`,
    turn: words?.turn ?? lastTurn,
  }
}
