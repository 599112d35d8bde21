import { heardIn, isIdlePrompt, type CallerSide } from './caller-side.js'
import { isQuestion } from './is-question.js'

/** So many of the agent's turns in a row are left to the idle prompt before the call counts as one that the caller sat out. */
const mostLeft = 2

/**
 * Finds a caller that never said a word after its first turn, though the agent spoke to it: it left a question of the agent
 * unanswered until its idle prompt, or sat the call out. A caller that waits for an agent at work does neither.
 */
export function neverAnswered(side: CallerSide): string | undefined {
  const { isInstructed, transcript } = side
  if (!isInstructed) return undefined
  const did = transcript.moments.filter(({ by }) => by === 'caller')
  const opening = did.find(moment => !isIdlePrompt(moment))
  if (!opening) return undefined
  const later = did.filter(({ turn }) => turn > opening.turn)
  if (!later.every(isIdlePrompt)) return undefined
  const left = later.map(({ turn }) => heardIn(side, turn - 1)).filter(heard => heard.length > 0)
  const wasAsked = left.some(heard => isQuestion(heard.at(-1) ?? ''))
  const satOut = transcript.ending.by === 'limit' && left.length >= mostLeft
  if (!wasAsked && !satOut) return undefined
  return 'the caller said nothing of its own after its first turn, though the agent spoke to it'
}
