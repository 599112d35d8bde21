import type { Cause } from '../cause.js'
import { stringifyExact } from '../exact-number.js'
import { shallow } from '../nesting.js'
import type { Moment } from '../transcript.js'
import { unreachable } from '../unreachable.js'
import type { WrittenRole } from './roles.js'

/**
 * A moment in JSON: the run-scenarios API's `transcript_object` with four fields of our own (`turn`, `cause`, `cut`, `digits`), so
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
  /** The other side cut the words off. */
  readonly cut?: true
  /** The keys that were pressed; `null` for words that only look like keys. */
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

/**
 * The one writer of transcripts in JSON. The reader gives back the same moments, except that a value is only what JSON can
 * express, at most 100 levels deep, and that words which are blank are not said.
 */
export function writeMessages(moments: readonly Moment[]): WireMessage[] {
  return moments.map(writeMessage)
}

/** The keys in a text such as `<dtmf digits="12#"/>`, as far as a telephone has them. */
export function keysIn(text: string): string | undefined {
  return /^\s*<dtmf digits="([0-9*#A-D]+)"\s*\/>\s*$/.exec(text)?.[1]
}

export function writeMessage(moment: Moment): WireMessage {
  const { turn, startS, endS } = moment
  const place = { start_time: startS, end_time: endS, turn }
  switch (moment.type) {
    case 'said': {
      const { by, text, cause, cut } = moment
      const words = { role: roleNames[by], content: text, ...place, ...(cut && { cut }) }
      if (by === 'agent') return words
      return {
        ...words,
        ...(cause && { cause }),
        ...(keysIn(text) !== undefined && { digits: null }),
      }
    }
    case 'thought':
      return { role: 'Agent Thinking', content: moment.text, ...place }
    case 'dtmf':
      return { role: roleNames[moment.by], content: `<dtmf digits="${moment.digits}"/>`, ...place, digits: moment.digits }
    case 'tool_called': {
      const text = asJson(moment.arguments)
      const data = { id: moment.id ?? null, name: moment.name, arguments: text }
      return { role: 'Function Call', content: callText(moment.name, moment.arguments), ...place, data }
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

const roleNames = { agent: 'Main Agent', caller: 'Testing Agent' } as const

/** A call as a text. */
export function callText(name: string, args: unknown): string {
  return `${name}(${asJson(args)})`
}

function asJson(value: unknown): string {
  return stringifyExact(shallow(value)) ?? 'null'
}
