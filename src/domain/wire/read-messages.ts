import type { Moment } from '../transcript.js'
import { inOrderOfOnset } from './onset.js'
import { readMessage } from './read-message.js'

/** Something in a transcript that the reader does not understand. */
export interface TranscriptProblem {
  /** Index of the message, from 0. */
  readonly index: number
  /** The field at fault, if it is one. */
  readonly field?: string
  /** What is wrong, in a sentence. */
  readonly message: string
  /** Whether something that happened is lost. */
  readonly isLost: boolean
}

export interface ReadMessages {
  readonly moments: readonly Moment[]
  /** For each moment, the index of its message, from 0. */
  readonly sources: readonly number[]
  /** What the reader did not understand; the caller decides what that means. */
  readonly problems: readonly TranscriptProblem[]
}

/**
 * The one reader of transcripts in JSON: as {@link writeMessages} writes them, as the run-scenarios API does, or as chat
 * completions. Never throws.
 *
 * Moments come in the order of their beginnings, and each belongs to the turn in which it began. A message may state its
 * turn. Otherwise each message of the caller begins a new turn, except that keys and the words next to them are one
 * utterance.
 */
export function readMessages(messages: readonly unknown[]): ReadMessages {
  const read = messages.map(readMessage)
  const moments: Moment[] = []
  const sources: number[] = []
  let before: Moment | undefined
  let latest = 0
  for (const { index, startS, endS } of inOrderOfOnset(read)) {
    const { happenings = [], turn: stated } = read[index] ?? {}
    for (const happening of happenings) {
      const isNext = happening.by === 'caller' && !isOneUtterance(before, happening.type)
      const turn: number = stated ?? (isNext ? latest + 1 : latest)
      before = { ...happening, turn, startS, endS }
      latest = Math.max(latest, turn)
      moments.push(before)
      sources.push(index)
    }
  }
  const problems = read.flatMap((each, index) => each.problems.map(problem => ({ index, ...problem })))
  return { moments, sources, problems }
}

/** Pressed keys belong to the words said with them. */
function isOneUtterance(before: Moment | undefined, type: Moment['type']): boolean {
  return before?.by === 'caller' && (before.type === 'dtmf' || type === 'dtmf')
}
