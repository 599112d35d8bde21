import type { Cause } from '../cause.js'
import { isRecord } from '../json-value.js'
import type { Happening } from './happening.js'
import { areTelephoneKeys } from '../utterance.js'
import { keysIn } from './message.js'
import { readCall, readChatCalls, readResult } from './read-tool.js'
import { knownRoles, roleOf } from './roles.js'

/** Something in a message that the reader does not understand. */
export interface MessageProblem {
  /** The field at fault, if it is one. */
  readonly field?: string
  /** A sentence. */
  readonly message: string
  /** Whether something that happened is lost; if not, the rest of the message is read. */
  readonly isLost: boolean
}

export interface ReadMessage {
  readonly happenings: readonly Happening[]
  readonly startS?: number
  readonly endS?: number
  /** As the message states it. */
  readonly turn?: number
  readonly problems: readonly MessageProblem[]
}

/** Reads one message of a transcript in JSON, as far as it is understood. */
export function readMessage(message: unknown): ReadMessage {
  const problems: MessageProblem[] = []
  const lose = (what: string, field?: string): void =>
    void problems.push({ message: what, isLost: true, ...(field !== undefined && { field }) })
  const pass = (what: string, field: string): void => void problems.push({ message: what, isLost: false, field })
  if (!isRecord(message)) {
    lose('A message must be an object with a role and a content.')
    return { happenings: [], problems }
  }

  const seconds = (field: 'start_time' | 'end_time'): number | undefined => {
    const value = message[field]
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (value !== undefined && value !== null) pass('A time is a number of seconds from the start of the call.', field)
    return undefined
  }
  const turnOf = (): number | undefined => {
    const { turn } = message
    if (typeof turn === 'number' && Number.isSafeInteger(turn) && turn >= 0) return turn
    if (turn !== undefined && turn !== null) pass('A turn is a whole number: how often the caller has spoken, from 0.', 'turn')
    return undefined
  }
  const causeOf = (): Cause | undefined => {
    const { cause } = message
    const read = readCause(cause)
    if (!read && cause !== undefined && cause !== null) pass('This cause is not known.', 'cause')
    return read
  }

  const text = textOf(message['content'])
  const happeningsOf = (): readonly Happening[] => {
    const role = typeof message['role'] === 'string' ? roleOf(message['role']) : undefined
    switch (role) {
      case undefined:
        lose(`This role is not known. Known roles: ${knownRoles}.`, 'role')
        return []
      case 'unheard':
        return []
      case 'call': {
        const call = readCall(message)
        if (!call) lose('This call names no function: data has no name.')
        return call ? [call] : []
      }
      case 'result':
        return [readResult(message, text)]
      case 'caller':
      case 'agent': {
        const calls = role === 'agent' ? readChatCalls(message) : []
        if (calls.includes(undefined)) lose('A call names no function: it has no name.', 'tool_calls')
        const called = calls.filter(call => call !== undefined)
        return [...spoken(role, calls.length > 0), ...called]
      }
    }
  }
  const spoken = (by: 'caller' | 'agent', hasCalls: boolean): Happening[] => {
    const { content, digits } = message
    if (typeof digits === 'string') {
      const isOnlyKeys = text === undefined || text.trim() === '' || text === digits || keysIn(text) === digits
      if (digits !== '' && areTelephoneKeys(digits) && isOnlyKeys) return [{ type: 'dtmf', by, digits }]
      pass(
        isOnlyKeys ? 'Telephone keys are 0-9, *, # and A-D.' : 'A message has either words or telephone keys: the words are read.',
        'digits',
      )
    }
    if (text === undefined) {
      if (content !== undefined && content !== null) lose('This must be text, or a list of parts with a text.', 'content')
      else if (!hasCalls) pass('It has no content.', 'content')
      return []
    }
    const cut = message['cut'] === true && ({ cut: true } as const)
    if (text.trim() === '' && !cut) return []
    if (by === 'agent') return [{ type: 'said', by, text, ...cut }]
    const keys = digits === null ? undefined : keysIn(text)
    const cause = causeOf()
    return [keys === undefined ? { type: 'said', by, text, ...(cause && { cause }), ...cut } : { type: 'dtmf', by, digits: keys }]
  }

  const happenings = happeningsOf()
  const [startS, endS, turn] = [seconds('start_time'), seconds('end_time'), turnOf()]
  return {
    happenings,
    problems,
    ...(startS !== undefined && { startS }),
    ...(endS !== undefined && { endS }),
    ...(turn !== undefined && { turn }),
  }
}

/** The text of a content: itself, or the texts of its parts. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  const texts = content.flatMap((part: unknown) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : []))
  return texts.length === 0 && content.length > 0 ? undefined : texts.join('\n')
}

function readCause(value: unknown): Cause | undefined {
  if (!isRecord(value)) return undefined
  const { kind, number, reason } = value
  switch (kind) {
    case 'first_message':
    case 'idle_prompt':
      return { kind }
    case 'step':
    case 'condition':
      return typeof number === 'number' ? { kind, number } : undefined
    case 'instructions':
      return { kind, ...(typeof reason === 'string' && { reason }) }
    default:
      return undefined
  }
}
