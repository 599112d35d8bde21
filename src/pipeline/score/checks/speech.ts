import { textMatches, type TextMatcher } from '../../../domain/text-matcher.js'
import type { Patterns } from '../../../ports/patterns.js'
import type { SortedTranscript, Text } from '../sorted-transcript.js'
import { finding, type Finding } from './finding.js'
import { hasMark, undecided } from './masked.js'

/** Whether a message of the agent matches, or everything it said in a turn, joined by line breaks. */
export function agentSays(matcher: TextMatcher, conversation: SortedTranscript, patterns: Patterns): Finding {
  const { agent, agentTurns } = conversation
  return report('the agent', [agent, agentTurns], matcher, conversation, patterns)
}

/** Whether a message of the caller matches. */
export function callerSays(matcher: TextMatcher, conversation: SortedTranscript, patterns: Patterns): Finding {
  return report('the caller', [conversation.caller], matcher, conversation, patterns)
}

function firstLike<T extends Text>(matcher: TextMatcher, texts: readonly T[], patterns: Patterns): T | undefined {
  return texts.find(({ text }) => textMatches(matcher, text, (pattern, within) => patterns.search(pattern, within)))
}

/** @param readings  What one side said: by messages, then by turns. */
function report(
  who: string,
  readings: readonly [messages: readonly Text[], turns?: readonly Text[]],
  matcher: TextMatcher,
  { lastTurn, wording: { quote }, isStored }: SortedTranscript,
  patterns: Patterns,
): Finding {
  const [messages] = readings
  const like = (texts: readonly Text[] = []): Text | undefined => firstLike(matcher, texts, patterns)
  const isReadable = ({ text }: Text): boolean => !isStored || !hasMark(text)
  const said = readings.map(texts => like(texts?.filter(isReadable))).find(text => text !== undefined)
  if (said) return finding(true, () => `${who} said ${quote(said.text)}`, said.turn)
  if (!messages.every(isReadable)) return undecided()
  const last = messages.at(-1)
  return finding(false, () => (last ? `${who} last said ${quote(last.text)}` : `${who} said nothing`), lastTurn)
}
