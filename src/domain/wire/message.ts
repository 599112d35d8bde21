import type { Cause } from '../cause.js'
import type { Moment } from '../transcript.js'
import { unreachable } from '../unreachable.js'
import type { WrittenRole } from './roles.js'

/**
 * A moment as it is written in JSON: the run-scenarios API's `transcript_object`, and three fields of ours (`turn`, `cause`,
 * `digits`), so that what is written is read back the same.
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
  /** Of the caller's words. */
  readonly cause?: Cause
  /** The keys that the caller pressed; `null` where its words read like keys, and are none. */
  readonly digits?: string | null
  /** Of calls and their results; `arguments` and `result` are JSON. */
  readonly data?: {
    readonly id: string | null
    readonly name: string | null
    readonly arguments?: string
    readonly result?: string
    /** Of a mock tool: nothing in its table is for this call. */
    readonly unmatched?: true
  }
}

/** The one writer of transcripts in JSON. */
export function writeMessages(moments: readonly Moment[]): WireMessage[] {
  return moments.map(writeMessage)
}

/** The keys that a text stands for: `<dtmf digits="12#"/>`. */
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
