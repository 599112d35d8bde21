import { parsedOf } from '../../domain/json-value.js'
import type { Ending, Moment, Transcript } from '../../domain/transcript.js'

/** What was wrong with a transcript: in which message, from 0, or in none. */
export interface TranscriptMistake {
  readonly mistake: string
  readonly message?: number
}

/**
 * A conversation of the API's `transcript_object` (roles `Testing Agent`, `Main Agent`, `Function Call` and
 * `Function Call Result`, with `data`), or of plain messages with role and content: `caller` and `agent`, or `user` and
 * `assistant` as in chat completions, with their `tool_calls` and `tool` messages; `system` messages are left out.
 *
 * Where messages have no times they are a second apart. Each message of the caller begins a turn.
 *
 * @param value  A list of messages, or a map that holds one as `transcript_object`, `transcript` or `messages`.
 */
export function readTranscript(value: unknown, endedBy: Ending['by'] = 'caller'): Transcript | TranscriptMistake {
  const messages = messagesOf(value)
  if (!messages) return { mistake: 'it has no list of messages' }
  const moments: Moment[] = []
  let turn = 0
  let atS = 0
  for (const [index, message] of messages.entries()) {
    if (typeof message !== 'object' || message === null) return { mistake: 'it is not a map', message: index }
    const said = message as Message
    const kind = typeof said.role === 'string' ? kinds[said.role] : undefined
    if (!kind) return { mistake: `its role is ${JSON.stringify(said.role) ?? 'missing'}`, message: index }
    const startS = typeof said.start_time === 'number' ? said.start_time : atS
    const endS = Math.max(startS, typeof said.end_time === 'number' ? said.end_time : startS)
    const made = momentsOf(kind, said)
    if (typeof made === 'string') return { mistake: made, message: index }
    if (kind === 'caller') turn += 1
    moments.push(...made.map(moment => ({ ...moment, turn, startS, endS })))
    atS = made.length === 0 ? atS : endS + (typeof said.end_time === 'number' ? 0 : 1)
  }
  if (moments.length === 0) return { mistake: 'nobody speaks in it' }
  return { moments, metadata: {}, ending: { by: endedBy, reason: reasons[endedBy], atS } }
}

export function isMistake(read: Transcript | TranscriptMistake): read is TranscriptMistake {
  return 'mistake' in read
}

/** A message as it may come; nothing of it is sure. */
interface Message {
  readonly role?: unknown
  readonly content?: unknown
  readonly start_time?: unknown
  readonly end_time?: unknown
  readonly data?: unknown
  readonly tool_calls?: unknown
  readonly tool_call_id?: unknown
  readonly name?: unknown
}

type Kind = 'caller' | 'agent' | 'called' | 'returned' | 'nobody'

const kinds: Readonly<Record<string, Kind | undefined>> = {
  'Testing Agent': 'caller',
  'caller': 'caller',
  'user': 'caller',
  'Main Agent': 'agent',
  'agent': 'agent',
  'assistant': 'agent',
  'Function Call': 'called',
  'tool_call': 'called',
  'Function Call Result': 'returned',
  'tool_result': 'returned',
  'tool': 'returned',
  'system': 'nobody',
  'developer': 'nobody',
}

const reasons = {
  agent: 'Main agent-ended-call-after-message-spoken',
  caller: 'Testing agent-ended-call',
  limit: 'exceeded-max-turns',
} as const satisfies Record<Ending['by'], Ending['reason']>

function messagesOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return undefined
  const { transcript_object: api, transcript, messages } = value as Readonly<Record<string, unknown>>
  return [api, transcript, messages].find(each => Array.isArray(each))
}

/** An moment without its place, for each kind of moment. */
type Placeless<T> = T extends unknown ? Omit<T, 'turn' | 'startS' | 'endS'> : never

function momentsOf(kind: Kind, { content, data, tool_calls: calls, tool_call_id: callId, name }: Message): Placeless<Moment>[] | string {
  const text = textOf(content)
  const { id, name: tool, arguments: args, result } = (data ?? {}) as Readonly<Record<string, unknown>>
  switch (kind) {
    case 'nobody':
      return []
    case 'caller':
      return text === undefined ? 'it has no content' : [{ type: 'said', by: 'caller', text }]
    case 'agent': {
      const called = Array.isArray(calls) ? calls.flatMap(chatCall) : []
      if (text === undefined && called.length === 0) return 'it has no content'
      return [...(text ? [{ type: 'said', by: 'agent', text } as const] : []), ...called]
    }
    case 'called':
      if (typeof tool !== 'string') return 'its data has no name'
      return [{ type: 'tool_called', by: 'agent', ...named('id', id), name: tool, arguments: parsedOf(args ?? {}) }]
    case 'returned':
      return [
        {
          type: 'tool_returned',
          by: 'agent',
          ...named('id', id ?? callId),
          ...named('name', tool ?? name),
          result: parsedOf(result ?? text ?? null),
        },
      ]
  }
}

function chatCall(call: unknown): Placeless<Moment>[] {
  const { id, function: called } = (call ?? {}) as Readonly<Record<string, unknown>>
  const { name, arguments: args } = (called ?? {}) as Readonly<Record<string, unknown>>
  return typeof name === 'string' ? [{ type: 'tool_called', by: 'agent', ...named('id', id), name, arguments: parsedOf(args ?? {}) }] : []
}

/** A text; of the parts of a message, their texts. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  return content
    .map(part => (part as { readonly text?: unknown } | null)?.text)
    .filter(text => typeof text === 'string')
    .join('\n')
}

function named<Key extends string>(key: Key, value: unknown): { readonly [Name in Key]?: string } {
  return (typeof value === 'string' ? { [key]: value } : {}) as { readonly [Name in Key]?: string }
}
