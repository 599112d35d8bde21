import type { Check } from '../../domain/verdict.js'
import type { Conversation, Spoken } from './conversation.js'

/**
 * The check that every conversation has to pass: the agent said something, and the caller said something or sent
 * digits. Blank texts do not count.
 *
 * - The caller spoke and the agent said nothing: the agent's failing, `no`.
 * - The caller never spoke: nothing was tested, `unknown`.
 */
export function bothSidesSpoke({ agent, caller, transcript, lastTurn }: Conversation): Check {
  const assertion = 'both sides spoke'
  const { entries, ending } = transcript
  if (!caller.some(isWords) && !entries.some(({ type }) => type === 'dtmf')) {
    const because = `the caller never spoke; ended by ${ending.by}: ${ending.reason}`
    return { assertion, holds: 'unknown', because, turn: lastTurn }
  }
  if (!agent.some(isWords)) {
    return { assertion, holds: 'no', because: 'the agent fell silent: it never said a word', turn: lastTurn }
  }
  return { assertion, holds: 'yes', because: '' }
}

function isWords({ text }: Spoken): boolean {
  return /\S/.test(text)
}
