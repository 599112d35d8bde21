import { matchesLoosely } from '../../../domain/loose-match.js'
import { textMatches, type TextMatcher } from '../../../domain/text-matcher.js'
import { unseenDifference } from '../../../domain/unseen-difference.js'
import type { Patterns } from '../../../ports/patterns.js'
import type { SortedTranscript } from '../sorted-transcript.js'
import type { Pieces, Text } from '../words.js'
import { emptyIn } from './empty-matcher.js'
import { finding, type Finding } from './finding.js'
import { hasMark, undecided } from './masked.js'

/**
 * Whether a message of the agent matches, or everything it said in a turn.
 *
 * @param isNegated  Whether a match is what must not be. Then everything that its words may read as is searched.
 */
export function agentSays(matcher: TextMatcher, conversation: SortedTranscript, patterns: Patterns, isNegated: boolean): Finding {
  const { agent, agentTurns, otherReadings, agentPieces } = conversation
  const turns = isNegated ? [...agentTurns, ...otherReadings] : agentTurns
  return says({ who: 'the agent', messages: agent, turns, loose: isNegated ? agentPieces : [] }, matcher, conversation, patterns)
}

/** Whether a message of the caller matches. */
export function callerSays(matcher: TextMatcher, conversation: SortedTranscript, patterns: Patterns): Finding {
  return says({ who: 'the caller', messages: conversation.caller, turns: [], loose: [] }, matcher, conversation, patterns)
}

/** What one side said. */
interface Speaker {
  readonly who: string
  readonly messages: readonly Text[]
  readonly turns: readonly Text[]
  /** Words that count in whatever way they may be read. */
  readonly loose: readonly Pieces[]
}

const none: ReadonlySet<number> = new Set()

function says({ who, messages, turns, loose }: Speaker, matcher: TextMatcher, conversation: SortedTranscript, patterns: Patterns): Finding {
  const { isStored } = conversation
  const empty = emptyIn(matcher)
  if (empty) return empty
  // A secret may be split over the messages of a turn: the mask stands in one, and is missing in the others.
  const masked = isStored ? new Set(messages.filter(({ text }) => hasMark(text)).map(({ turn }) => turn)) : none
  const isReadable = ({ turn }: Pick<Text, 'turn'>): boolean => !masked.has(turn)
  const search: Patterns['search'] = (pattern, within) => patterns.search(pattern, within)
  const isLike = (said: Text): boolean => isReadable(said) && textMatches(matcher, said.text, search)
  const said = messages.find(isLike) ?? turns.find(isLike)
  if (said) return finding(true, () => `${who} said ${conversation.quoteSaid(said)}`, said.turn)
  const read = loose.find(each => isReadable(each) && matchesLoosely(matcher, each.texts, search))
  if (read) return finding(true, () => `${who} said ${conversation.quoteSaid(read)}, which may be read so`, read.turn)
  if (!messages.every(isReadable)) return undecided()
  const last = messages.at(-1)
  const saw = (): string => {
    if (!last) return `${who} said nothing`
    for (const each of [...messages, ...turns]) {
      const difference = unseenDifference(matcher, each.text, search)
      if (difference !== undefined) return `${who} said ${conversation.quoteSaid(each)}, which only looks like it: ${difference}`
    }
    return `${who} last said ${conversation.quoteSaid(last)}`
  }
  return finding(false, saw, conversation.lastTurn)
}
