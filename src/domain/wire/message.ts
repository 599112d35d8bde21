import type { Cause } from '../cause.js'
import type { Moment } from '../transcript.js'
import { unreachable } from '../unreachable.js'
import type { WrittenRole } from './roles.js'

/**
 * A moment in JSON: the run-scenarios API's `transcript_object` with three fields of our own (`turn`, `cause`, `digits`), so
 * that reading restores what was written.
 *
 * @see schemas/api/answers.schema.json, Turn
 */
export interface WireMessage {
  readonly role: WrittenRole
  readonly content: string
  /** Seconds from the start of the call. */
  readonly start_time: number
  readonly end_time: number
  readonly turn: number
  /** For the caller's words. */
  readonly cause?: Cause
  /** The keys that the caller pressed; `null` for words that only look like keys. */
  readonly digits?: string | null
  /** For calls and their results; `arguments` and `result` are JSON. */
  readonly data?: {
    readonly id: string | null
    readonly name: string | null
    readonly arguments?: string
    readonly result?: string
    /** For a mock tool: no entry of its table matched the call. */
    readonly unmatched?: true
  }
}

/** The one writer of transcripts in JSON. */
export function writeMessages(moments: readonly Moment[]): WireMessage[] {
  return moments.map(writeMessage)
}

/** The keys in a text such as `<dtmf digits="12#"/>`. */
export function keysIn(text: string): string | undefined {
  return /^\s*<dtmf digits="([^"]*)"\s*\/>\s*$/.exec(text)?.[1]
}

export function writeMessage(moment: Moment): WireMessage {
  const { turn, startS, endS } = moment
  const place = { start_time: startS, end_time: endS, turn }
  switch (moment.type) {
    case 'said': {
      const { text, cause } = moment
      if (moment.by === 'agent') return { role: 'Main Agent', content: text, ...place }
      return {
        role: 'Testing Agent',
        content: text,
        ...place,
        ...(cause && { cause }),
        ...(keysIn(text) !== undefined && { digits: null }),
      }
    }
    case 'dtmf':
      return { role: 'Testing Agent', content: `<dtmf digits="${moment.digits}"/>`, ...place, digits: moment.digits }
    case 'tool_called': {
      const text = asJson(moment.arguments)
      const data = { id: moment.id ?? null, name: moment.name, arguments: text }
      return { role: 'Function Call', content: `${moment.name}(${text})`, ...place, data }
    }
    case 'tool_returned': {
      const text = asJson(moment.result)
      const data = { id: moment.id ?? null, name: moment.name ?? null, result: text, ...(moment.unmatched && { unmatched: true as const }) }
      return { role: 'Function Call Result', content: text, ...place, data }
    }
    default:
      return unreachable(moment)
  }
}

function asJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
