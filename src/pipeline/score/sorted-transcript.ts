import { noMask } from '../../domain/mask.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { createWording, type Wording } from './wording.js'

export type ToolCall = Extract<Moment, { type: 'tool_called' }>
export type Spoken = Extract<Moment, { type: 'said' }>

/** Words, and the turn they belong to. */
export interface Text {
  readonly turn: number
  readonly text: string
}

/** A transcript, sorted by side and kind. All lists are in chronological order. */
export interface SortedTranscript {
  readonly transcript: Transcript
  readonly agent: readonly Spoken[]
  readonly caller: readonly Spoken[]
  /** The agent's words in each turn with several messages, joined by line breaks. */
  readonly agentTurns: readonly Text[]
  readonly calls: readonly ToolCall[]
  /** How many turns the caller took, with words or digits. */
  readonly callerTurns: number
  readonly lastTurn: number
  readonly durationMs: number
  /** How to quote from it. */
  readonly wording: Wording
  /** It is a stored conversation, in which secrets are masked. */
  readonly isStored: boolean
}

export interface Reading {
  /** Masks what checks quote. Default: nothing. */
  readonly wording?: Wording
  /** Whether the conversation was stored, and so masked. Default: false. */
  readonly isStored?: boolean
}

const plain = createWording(noMask)

export function sortOut(transcript: Transcript, { wording = plain, isStored = false }: Reading = {}): SortedTranscript {
  const agent: Spoken[] = []
  const caller: Spoken[] = []
  const agentTurns: Text[] = []
  const calls: ToolCall[] = []
  let callerTurns = 0
  let lastCallerTurn = -1

  for (const moment of transcript.moments) {
    if (moment.type === 'tool_called') calls.push(moment)
    if (moment.by === 'caller' && moment.turn !== lastCallerTurn) {
      lastCallerTurn = moment.turn
      callerTurns += 1
    }
    if (moment.type !== 'said') continue
    if (moment.by === 'caller') {
      caller.push(moment)
      continue
    }
    const before = agent.at(-1)
    if (before?.turn === moment.turn) {
      const joined = agentTurns.at(-1)?.turn === moment.turn ? agentTurns.pop()!.text : before.text
      agentTurns.push({ turn: moment.turn, text: `${joined}\n${moment.text}` })
    }
    agent.push(moment)
  }

  return {
    transcript,
    agent,
    caller,
    agentTurns,
    calls,
    callerTurns,
    lastTurn: transcript.moments.at(-1)?.turn ?? 0,
    durationMs: Math.round(transcript.ending.atS * 1000),
    wording,
    isStored,
  }
}
