import type { Moment, Transcript } from '../../domain/transcript.js'
import { writeMessage } from '../../domain/wire/message.js'
import { clockOf } from '../../domain/wire/text.js'
import { safeLine, safeText } from './safe-text.js'

/** A conversation as people read it, and as the run-scenarios API gives it: `[00:02] Main Agent: Hello.` */
export interface TranscriptLine {
  /** Safe to print; may hold line breaks. */
  readonly text: string
  /** None for the line that tells how it ended. */
  readonly turn?: number
}

export function transcriptLines({ moments, ending }: Transcript): TranscriptLine[] {
  return [
    ...moments.map(moment => ({ turn: moment.turn, text: `${clockOf(moment.startS)} ${wordsOf(moment)}` })),
    { text: `${clockOf(ending.atS)} Ended: ${ending.reason}` },
  ]
}

function wordsOf(moment: Moment): string {
  const { role, content } = writeMessage(moment)
  if (moment.type === 'said') return `${role}: ${indented(content)}`
  if (moment.type !== 'tool_returned') return `${role}: ${safeLine(content)}`
  const note = moment.unmatched ? ' (no case of the mock tool matches)' : ''
  return `${role}${note}: ${safeLine(moment.name === undefined ? content : `${moment.name} ${content}`)}`
}

/** What a message says after its first line stands below it, so that no message can pass for another. */
function indented(text: string): string {
  return safeText(text).replaceAll('\n', '\n        ')
}
