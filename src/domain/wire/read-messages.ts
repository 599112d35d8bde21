import type { Moment } from '../transcript.js'
import { inOrderOfOnset } from './onset.js'
import { listed, type TranscriptProblem } from './problems.js'
import { readMessage } from './read-message.js'

export interface ReadMessages {
  readonly moments: readonly Moment[]
  /** For each moment, the index of its message, from 0. */
  readonly sources: readonly number[]
  /** What the reader did not understand, the first of each kind; the caller decides what that means. */
  readonly problems: readonly TranscriptProblem[]
}

/**
 * The one reader of transcripts in JSON: as {@link writeMessages} writes them, as the run-scenarios API does, or as chat
 * completions. Never throws. Whatever is in a message is in a moment, or a problem says that it is not.
 *
 * Moments come in the order of their beginnings, and each belongs to the turn in which it began. A message may state its
 * turn. Otherwise each message of the caller begins a new turn, except that keys and the words next to them are one
 * utterance.
 */
export function readMessages(messages: readonly unknown[]): ReadMessages {
  const read = messages.map(readMessage)
  const moments: Moment[] = []
  const sources: number[] = []
  const problems = read.flatMap((each, index) => each.problems.map((problem): TranscriptProblem => ({ index, ...problem })))
  let before: Moment | undefined
  let latest = 0
  for (const { index, startS, endS } of inOrderOfOnset(read)) {
    const { happenings = [], turn: stated } = read[index] ?? {}
    if (happenings.length === 0) continue
    if (stated !== undefined && stated < latest) {
      problems.push({
        index,
        path: ['turn'],
        message: `Turn ${latest} has begun before, so this cannot be in an earlier one.`,
        isLost: false,
      })
    }
    let isBegun = stated !== undefined
    latest = Math.max(latest, stated ?? 0)
    for (const happening of happenings) {
      if (happening.by === 'caller' && !isBegun) {
        if (!isOneUtterance(before, happening.type)) latest += 1
        isBegun = true
      }
      before = { ...happening, turn: latest, startS, endS }
      moments.push(before)
      sources.push(index)
    }
  }
  return { moments, sources, problems: listed(problems) }
}

/** Pressed keys belong to the words said with them. */
function isOneUtterance(before: Moment | undefined, type: Moment['type']): boolean {
  return before?.by === 'caller' && (before.type === 'dtmf' || type === 'dtmf')
}
