import type { Entry, Transcript } from '../../domain/transcript.js'
import { unreachable } from '../../domain/unreachable.js'
import { safeLine, safeText } from './safe-text.js'

/** A conversation as people read it, and as the run-scenarios API gives it: `[00:02] Main Agent: Hello.` */
export interface TranscriptLine {
  /** Safe to print; may hold line breaks. */
  readonly text: string
  /** None for the line that tells how it ended. */
  readonly turn?: number
}

export function transcriptLines({ entries, ending }: Transcript): TranscriptLine[] {
  return [
    ...entries.map(entry => ({ turn: entry.turn, text: `${clock(entry.startS)} ${wordsOf(entry)}` })),
    { text: `${clock(ending.atS)} Ended: ${ending.reason}` },
  ]
}

function wordsOf(entry: Entry): string {
  switch (entry.type) {
    case 'said':
      return `${entry.by === 'agent' ? 'Main Agent' : 'Testing Agent'}: ${indented(entry.text)}`
    case 'dtmf':
      return `Testing Agent: <dtmf digits="${safeLine(entry.digits)}"/>`
    case 'tool_called':
      return `Function Call: ${safeLine(entry.name)} ${json(entry.arguments)}`
    case 'tool_returned':
      return `${resultLabel(entry)}: ${entry.name === undefined ? '' : `${safeLine(entry.name)} `}${json(entry.result)}`
    default:
      return unreachable(entry)
  }
}

function resultLabel({ unmatched }: Extract<Entry, { type: 'tool_returned' }>): string {
  return unmatched ? 'Function Call Result (no case of the mock tool matches)' : 'Function Call Result'
}

/** `[mm:ss]` since the call began. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return `[${pad(Math.floor(whole / 60))}:${pad(whole % 60)}]`
}

function pad(count: number): string {
  return String(count).padStart(2, '0')
}

/** What a message says after its first line stands below it, so that no message can pass for another. */
function indented(text: string): string {
  return safeText(text).replaceAll('\n', '\n        ')
}

function json(value: unknown): string {
  return safeLine(JSON.stringify(value) ?? '')
}
