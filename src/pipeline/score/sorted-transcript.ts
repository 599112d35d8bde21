import { noMask } from '../../domain/mask.js'
import { maskMoments } from '../../domain/mask-event.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { readTogether, turnReadings, type Join } from '../../domain/turn-text.js'
import { createWording, type Wording } from './wording.js'

export type ToolCall = Extract<Moment, { type: 'tool_called' }>
export type Spoken = Extract<Moment, { type: 'said' }>

/** Words, and the turn they belong to. */
export interface Text {
  readonly turn: number
  readonly text: string
}

/** Messages of a turn that may be one text: how they are joined is not known. */
export interface Pieces {
  readonly turn: number
  readonly texts: readonly string[]
}

/** What both sides said. All lists are in chronological order. */
export interface Words {
  /** The agent's messages. Pieces of an answer are one message. */
  readonly agent: readonly Spoken[]
  readonly caller: readonly Spoken[]
  /** The agent's words in each turn with several messages, as one text. */
  readonly agentTurns: readonly Text[]
  /** Everything else that the agent's words may read as: its messages as they came, and turns joined in another way. */
  readonly otherReadings: readonly Text[]
  /** All the agent's messages, each alone and those of a turn together. */
  readonly agentPieces: readonly Pieces[]
}

/** A transcript, sorted by side and kind. All lists are in chronological order. */
export interface SortedTranscript extends Words {
  readonly transcript: Transcript
  readonly calls: readonly ToolCall[]
  /** How many turns the caller took, with words or digits. */
  readonly callerTurns: number
  readonly lastTurn: number
  readonly durationMs: number
  /** How to quote from it. */
  readonly wording: Wording
  /** Quotes words of it. Secrets are masked as in the transcript: also those that are split over the messages of a turn. */
  readonly quoteSaid: (said: Text | Pieces) => string
  /** It is a stored conversation, in which secrets are masked. */
  readonly isStored: boolean
}

export interface Reading {
  /** Masks what checks quote. Default: nothing. */
  readonly wording?: Wording
  /** Whether the conversation was stored, and so masked. Default: false. */
  readonly isStored?: boolean
  /** How the agent's messages are joined. Default: `auto`. */
  readonly join?: Join
}

const plain = createWording(noMask)

export function sortOut(transcript: Transcript, { wording = plain, isStored = false, join = 'auto' }: Reading = {}): SortedTranscript {
  const { moments } = transcript
  const calls: ToolCall[] = []
  let callerTurns = 0
  let lastCallerTurn = -1

  for (const moment of moments) {
    if (moment.type === 'tool_called') calls.push(moment)
    if (moment.by === 'caller' && moment.turn !== lastCallerTurn) {
      lastCallerTurn = moment.turn
      callerTurns += 1
    }
  }
  const words = wordsIn(moments, join)
  return {
    ...words,
    transcript,
    calls,
    callerTurns,
    lastTurn: moments.at(-1)?.turn ?? 0,
    durationMs: Math.round(transcript.ending.atS * 1000),
    wording,
    quoteSaid: quoterOf(words, () => wordsIn(maskedMoments(moments, wording), join), wording),
    isStored,
  }
}

function wordsIn(moments: readonly Moment[], join: Join): Words {
  const caller: Spoken[] = []
  const asTheyCame: Spoken[] = []
  for (const moment of moments) if (moment.type === 'said') (moment.by === 'caller' ? caller : asTheyCame).push(moment)
  const { agentTurns, otherTurns, pieces } = readTurns(asTheyCame, join)
  const together = agentTurns.length > 0 ? readTogether(moments, join) : moments
  const agent = together === moments ? asTheyCame : together.filter(isAgentSaid)
  return {
    agent,
    caller,
    agentTurns,
    otherReadings: agent === asTheyCame ? otherTurns : [...asTheyCame, ...otherTurns],
    agentPieces: [...asTheyCame.map(({ turn, text }) => ({ turn, texts: [text] })), ...pieces],
  }
}

/** @param masked  The same words with secrets masked, as many in each list. */
function quoterOf(words: Words, masked: () => Words, { mask, quote }: Wording): SortedTranscript['quoteSaid'] {
  const textOf = (said: Text | Pieces): string => ('text' in said ? said.text : said.texts.join(' '))
  if (mask.isEmpty) return said => quote(textOf(said))
  let shown: ReadonlyMap<Text | Pieces, Text | Pieces> | undefined
  return said => {
    shown ??= pairs(words, masked())
    return quote(textOf(shown.get(said) ?? said))
  }
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

function pairs(words: Words, masked: Words): ReadonlyMap<Text | Pieces, Text | Pieces> {
  const listsOf = ({ agent, caller, agentTurns, otherReadings, agentPieces }: Words): (Text | Pieces)[] => [
    ...agent,
    ...caller,
    ...agentTurns,
    ...otherReadings,
    ...agentPieces,
  ]
  const shown = listsOf(masked)
  return new Map(listsOf(words).map((said, i) => [said, shown[i] ?? said]))
}

/** The turns with several messages, each as one text, and as everything else that it may read as. */
function readTurns(said: readonly Spoken[], join: Join): { agentTurns: Text[]; otherTurns: Text[]; pieces: Pieces[] } {
  const agentTurns: Text[] = []
  const otherTurns: Text[] = []
  const pieces: Pieces[] = []
  for (let from = 0; from < said.length;) {
    const { turn } = said[from]!
    let to = from + 1
    while (said[to]?.turn === turn) to += 1
    if (to - from > 1) {
      const texts = said.slice(from, to).map(each => each.text)
      const [text = '', ...others] = turnReadings(texts, join)
      agentTurns.push({ turn, text })
      pieces.push({ turn, texts: join === 'auto' ? texts : [text] })
      for (const other of others) otherTurns.push({ turn, text: other })
    }
    from = to
  }
  return { agentTurns, otherTurns, pieces }
}

function isAgentSaid(moment: Moment): moment is Spoken {
  return moment.type === 'said' && moment.by === 'agent'
}
