import type { EntrySummary } from '../../domain/event.js'
import { readTogether, usualMessages } from '../../domain/turn-text.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { writeMessage } from '../../domain/wire/message.js'
import { clockOf } from '../../domain/wire/text.js'
import { safeLine, safeText } from '../../domain/safe-text.js'

/** One line of a conversation, as the run-scenarios API writes it: `[00:02] Main Agent: Hello.` */
export interface TranscriptLine {
  /** Safe to print; can contain line breaks. */
  readonly text: string
  /** Missing in the last line, which says how the call ended. */
  readonly turn?: number
}

/** @param agent  The agent that was called: its messages are joined as it says. */
export function transcriptLines({ moments, ending }: Transcript, { messages }: EntrySummary['agent']): TranscriptLine[] {
  return [
    ...readTogether(moments, (messages ?? usualMessages).join).map(moment => ({
      turn: moment.turn,
      text: `${clockOf(moment.startS)} ${wordsOf(moment)}`,
    })),
    { text: `${clockOf(ending.atS)} Ended: ${ending.reason}${ending.cutOff ? ` (cut off: ${ending.cutOff})` : ''}` },
  ]
}

function wordsOf(moment: Moment): string {
  const { role, content } = writeMessage(moment)
  if (moment.type === 'said' || moment.type === 'thought') return `${role}: ${indented(content)}`
  if (moment.type !== 'tool_returned') return `${role}: ${safeLine(content)}`
  const note = moment.unmatched ? ' (no case of the mock tool matches)' : ''
  return `${role}${note}: ${safeLine(moment.name === undefined ? content : `${moment.name} ${content}`)}`
}

/** Indents all lines of a message but the first, so that no message can pass for another. */
function indented(text: string): string {
  return safeText(text).replaceAll('\n', '\n        ')
}
