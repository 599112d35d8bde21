import { isBlank } from '../../domain/fold-text.js'
import type { Ending, Moment } from '../../domain/transcript.js'
import type { Check } from '../../domain/verdict.js'
import { turnAt } from './metrics/sound/stretches.js'
import type { SortedTranscript } from './sorted-transcript.js'
import type { Spoken } from './words.js'

/**
 * The check on every conversation: the caller said something or sent digits, and the agent reacted in words or with a tool
 * call. Texts in which nobody sees anything do not count. A greeting is not a reaction, unless the caller hung up on it. In a call whose
 * words nobody hears, speech and keys of the agent count instead.
 *
 * - The caller spoke and the agent did not react: the agent failed, `no`.
 * - The caller never spoke: nothing was tested, `unknown`.
 *
 * @param isWordless  Whether it is such a call.
 */
export function bothSidesSpoke({ agent, caller, transcript, lastTurn }: SortedTranscript, isWordless: boolean): Check {
  const assertion = 'both sides spoke'
  const { moments, ending } = transcript
  if (!caller.some(isWords) && !moments.some(({ type, by }) => type === 'dtmf' && by === 'caller')) {
    const because = `the caller never spoke; ended by ${ending.by}: ${ending.reason}`
    return { assertion, holds: 'unknown', because, turn: lastTurn }
  }
  const speech = isWordless ? (transcript.sound?.stretches.filter(({ by }) => by === 'agent') ?? []) : []
  const hasSpoken = agent.some(isWords) || speech.length > 0
  const answers = moments.some(isAnswer) || (isWordless && (moments.some(isKeyed) || speech.some(each => turnAt(moments, each.startS) > 0)))
  if (answers || isAnswerCut(ending) || (ending.by === 'caller' && hasSpoken)) return { assertion, holds: 'yes', because: '' }
  const because = hasSpoken
    ? `the agent greeted, but did not answer the caller; ended by ${ending.by}: ${ending.reason}`
    : 'the agent fell silent: it never said a word'
  return { assertion, holds: 'no', because, turn: lastTurn }
}

function isAnswer(moment: Moment): boolean {
  if (moment.by !== 'agent' || moment.turn === 0) return false
  return moment.type === 'tool_called' || (moment.type === 'said' && isWords(moment))
}

function isKeyed({ type, by, turn }: Moment): boolean {
  return type === 'dtmf' && by === 'agent' && turn > 0
}

/** An answer came, and was cut off or filtered, perhaps before its first word. */
function isAnswerCut({ cutOff }: Ending): boolean {
  return cutOff === 'length' || cutOff === 'content_filter'
}

function isWords({ text }: Pick<Spoken, 'text'>): boolean {
  return !isBlank(text)
}
