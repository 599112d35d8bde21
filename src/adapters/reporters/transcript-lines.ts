import type { Moment, Transcript } from '../../domain/transcript.js'
import { unreachable } from '../../domain/unreachable.js'
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
    ...moments.map(moment => ({ turn: moment.turn, text: `${clock(moment.startS)} ${wordsOf(moment)}` })),
    { text: `${clock(ending.atS)} Ended: ${ending.reason}` },
  ]
}

function wordsOf(moment: Moment): string {
  switch (moment.type) {
    case 'said':
      return `${moment.by === 'agent' ? 'Main Agent' : 'Testing Agent'}: ${indented(moment.text)}`
    case 'dtmf':
      return `Testing Agent: <dtmf digits="${safeLine(moment.digits)}"/>`
    case 'tool_called':
      return `Function Call: ${safeLine(moment.name)} ${json(moment.arguments)}`
    case 'tool_returned':
      return `${resultLabel(moment)}: ${moment.name === undefined ? '' : `${safeLine(moment.name)} `}${json(moment.result)}`
    default:
      return unreachable(moment)
  }
}

function resultLabel({ unmatched }: Extract<Moment, { type: 'tool_returned' }>): string {
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
