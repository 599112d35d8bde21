import { textMatches, type TextMatcher } from '../../../domain/text-matcher.js'
import type { Patterns } from '../../../ports/patterns.js'
import type { SortedTranscript, Text } from '../sorted-transcript.js'
import { quote } from '../wording.js'
import { finding, type Finding } from './finding.js'

/** Whether a message of the agent matches, or everything it said in a turn, joined by line breaks. */
export function agentSays(matcher: TextMatcher, conversation: SortedTranscript, patterns: Patterns): Finding {
  const { agent, agentTurns, lastTurn } = conversation
  const said = firstLike(matcher, agent, patterns) ?? firstLike(matcher, agentTurns, patterns)
  return report('the agent', said, agent, lastTurn)
}

/** Whether a message of the caller matches. */
export function callerSays(matcher: TextMatcher, { caller, lastTurn }: SortedTranscript, patterns: Patterns): Finding {
  return report('the caller', firstLike(matcher, caller, patterns), caller, lastTurn)
}

function firstLike<T extends Text>(matcher: TextMatcher, texts: readonly T[], patterns: Patterns): T | undefined {
  return texts.find(({ text }) => textMatches(matcher, text, (pattern, within) => patterns.search(pattern, within)))
}

function report(who: string, said: Text | undefined, all: readonly Text[], lastTurn: number): Finding {
  if (said) return finding(true, () => `${who} said ${quote(said.text)}`, said.turn)
  const last = all.at(-1)
  return finding(false, () => (last ? `${who} last said ${quote(last.text)}` : `${who} said nothing`), lastTurn)
}
