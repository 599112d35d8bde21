import { noMask } from '../../domain/mask.js'
import { maskMoments } from '../../domain/mask-event.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import type { Join } from '../../domain/turn-text.js'
import { Words, type Pieces, type Text } from './words.js'
import { createWording, type Wording } from './wording.js'

export type ToolCall = Extract<Moment, { type: 'tool_called' }>

export interface Reading {
  /** Masks what checks quote. Default: nothing. */
  readonly wording?: Wording
  /** Whether the conversation was stored, and so masked. Default: false. */
  readonly isStored?: boolean
  /** How the agent's messages are joined. Default: `auto`. */
  readonly join?: Join
}

const plain = createWording(noMask)

/** A transcript, sorted by side and kind. All lists are in chronological order. */
export class SortedTranscript extends Words {
  readonly transcript: Transcript
  readonly calls: readonly ToolCall[]
  /** How to quote from it. */
  readonly wording: Wording
  /** It is a stored conversation, in which secrets are masked. */
  readonly isStored: boolean
  readonly #join: Join
  #shown: ReadonlyMap<Text | Pieces, Text | Pieces> | undefined

  constructor(transcript: Transcript, { wording = plain, isStored = false, join = 'auto' }: Reading = {}) {
    super(transcript.moments, join)
    this.transcript = transcript
    this.calls = transcript.moments.filter(isToolCall)
    this.wording = wording
    this.isStored = isStored
    this.#join = join
  }

  /** How many turns the caller took, with words or digits. */
  get callerTurns(): number {
    return countCallerTurns(this.transcript.moments)
  }

  get lastTurn(): number {
    return this.transcript.moments.at(-1)?.turn ?? 0
  }

  /** How long the conversation took, without the time that it waited for its caller's model. */
  get durationMs(): number {
    const { atS, thoughtS = 0 } = this.transcript.ending
    return Math.max(0, Math.round((atS - thoughtS) * 1000))
  }

  /** How long it waited for its caller's model. */
  get thoughtMs(): number {
    return Math.round((this.transcript.ending.thoughtS ?? 0) * 1000)
  }

  /** Quotes words of it. Secrets are masked as in the transcript: also those that are split over the messages of a turn. */
  quoteSaid(said: Text | Pieces): string {
    const { mask, quote } = this.wording
    if (mask.isEmpty) return quote(textOf(said))
    this.#shown ??= pairs(this, new Words(maskedMoments(this.transcript.moments, this.wording), this.#join))
    return quote(textOf(this.#shown.get(said) ?? said))
  }
}

function isToolCall(moment: Moment): moment is ToolCall {
  return moment.type === 'tool_called'
}

function countCallerTurns(moments: readonly Moment[]): number {
  let [turns, last] = [0, -1]
  for (const { by, turn } of moments) {
    if (by !== 'caller' || turn === last) continue
    last = turn
    turns += 1
  }
  return turns
}

function textOf(said: Text | Pieces): string {
  return 'text' in said ? said.text : said.texts.join(' ')
}

/** Moments with secrets masked. Messages keep the white space at their ends, which says how they are joined. */
function maskedMoments(moments: readonly Moment[], { mask }: Wording): readonly Moment[] {
  return maskMoments(moments, mask).map((masked, i) => {
    const original = moments[i]!
    return masked.type === 'said' && original.type === 'said' ? { ...masked, text: withEndsOf(original.text, masked.text) } : masked
  })
}

function withEndsOf(original: string, masked: string): string {
  const inside = original.trim()
  if (inside === '') return masked === original ? original : original + masked
  const start = original.indexOf(inside)
  return original.slice(0, start) + masked.trim() + original.slice(start + inside.length)
}

/** @param masked  The same words with secrets masked, as many in each list. */
function pairs(words: Words, masked: Words): ReadonlyMap<Text | Pieces, Text | Pieces> {
  const shown = listsOf(masked)
  return new Map(listsOf(words).map((said, i) => [said, shown[i] ?? said]))
}

function listsOf({ agent, caller, agentTurns, otherReadings, agentPieces }: Words): (Text | Pieces)[] {
  return [...agent, ...caller, ...agentTurns, ...otherReadings, ...agentPieces]
}
