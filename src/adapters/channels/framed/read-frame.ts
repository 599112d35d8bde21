import { exactlyParsedOf } from '../../../domain/exact-number.js'
import { isRecord } from '../../../domain/json-value.js'
import { deepestNesting, isTooDeepInTexts } from '../../../domain/nesting.js'
import { jsonEqual } from '../../../domain/json-equal.js'
import { argumentKeys, nameKeys, placesOfCall, wrappers } from '../../../domain/wire/read-tool.js'
import { roleOf } from '../../../domain/wire/roles.js'
import { Fields, saysSomething } from '../../../domain/wire/fields.js'
import { wordKeys } from '../../../domain/wire/word-keys.js'
import type { AgentEvent } from '../../../ports/channel.js'
import { errorIn } from '../error-in.js'
import { isNamed, readCall } from '../read-call.js'
import { idOf } from '../reply.js'
import { strayCallIn } from '../stray-call.js'
import { thoughtEvents } from '../thinking.js'
import { aroundCall } from './around-call.js'

/**
 * What a frame says, which may be nothing, or why it is not a frame, as half a sentence. `error`: what the agent says went wrong beside its
 * words, which are then no answer.
 */
export type FrameRead = { readonly events: readonly AgentEvent[]; readonly error?: string } | { readonly wrong: string }

/** Reads a frame that was parsed. */
export function readFrame(frame: unknown, atS: number): FrameRead {
  if (!isRecord(frame)) return { wrong: 'it is not an object' }
  if (isRecord(frame['data']) && isTooDeepInTexts(frame['data'])) return { wrong: tooDeep }
  const stray = strayWords.find(key => saysSomething(frame[key]) && frame[key] !== frame['content'])
  if (stray !== undefined) return { wrong: `it has words in ${stray}, which is not read: words belong in content` }
  const { role, data } = frame
  const ofTool = (read: FrameRead): FrameRead => beside(frame, read, keysOfTools, atS)
  const known = typeof role === 'string' ? roleOf(role) : undefined
  switch (known) {
    case 'call':
      return ofTool(toolCalled(frame, atS))
    case 'result':
      // Some call a tool over the role of tools.
      return ofTool(isCall(data) || callsItself(frame) ? toolCalled(frame, atS) : toolReturned(frame, atS))
    case 'thought':
      return beside(frame, thought(frame['content'], atS), keysOfThoughts, atS)
    case 'caller':
    case 'unheard':
      return { wrong: 'its role is not one of the agent' }
    case 'agent':
    case undefined:
      if (isCall(data) || callsItself(frame)) return ofTool(toolCalled(frame, atS))
      if (known === undefined && saysSomething(role) && saysSomething(data))
        return { wrong: 'its role is not known, so its data is not read' }
      return withError(frame, whole(frame, spoken(frame, atS), keysOfWords))
  }
}

/** Whether data names a tool and has arguments. */
function isCall(data: unknown): boolean {
  if (!isRecord(data) || !isNamed(data) || 'result' in data) return false
  return placesOfCall(new Fields(data)).some(place => argumentKeys.some(key => place.see(key) !== undefined))
}

/** Whether a frame is a call itself: it names a tool, and has arguments or is of a type that calls one. */
function callsItself(frame: Readonly<Record<string, unknown>>): boolean {
  if (typeof frame['name'] !== 'string' || 'result' in frame) return false
  return argumentKeys.some(key => key in frame) || (typeof frame['type'] === 'string' && roleOf(frame['type']) === 'call')
}

/**
 * What was read of a frame, unless it has a tool call elsewhere, which would be lost.
 *
 * @param keys  What is read of it.
 */
function whole(frame: Readonly<Record<string, unknown>>, read: FrameRead, keys: ReadonlySet<string>): FrameRead {
  if ('wrong' in read) return read
  const stray = strayCallIn(frame, keys)
  return stray === undefined ? read : { wrong: `it has a tool call in ${stray}, which is not read: calls belong in tool_calls` }
}

function withError(frame: Readonly<Record<string, unknown>>, read: FrameRead): FrameRead {
  const error = errorIn(frame)
  return error === undefined || 'wrong' in read ? read : { ...read, error }
}

/**
 * What a frame of a tool or a thought says of the conversation as well: its metadata, and that the agent hangs up.
 *
 * @param keys  What is read of it.
 */
function beside(frame: Readonly<Record<string, unknown>>, said: FrameRead, keys: ReadonlySet<string>, atS: number): FrameRead {
  const read = whole(frame, said, keys)
  if ('wrong' in read) return read
  const { metadata, type } = frame
  const events = [...(isRecord(metadata) ? [{ type: 'metadata', data: metadata } as const] : []), ...read.events]
  const afterWords = events.at(-1)?.type === 'said'
  return { events: type === 'end_call' ? [...events, { type: 'ended', afterWords, atS }] : events }
}

function thought(content: unknown, atS: number): FrameRead {
  if (typeof content !== 'string') return { wrong: 'content is not text' }
  return { events: thoughtEvents([content], atS) }
}

const tooDeep = `it nests more than ${deepestNesting} levels deep`

const strayWords = [...wordKeys, 'refusal'] as const

/** Where other protocols have the tool calls of a message. */
const callKeys = ['tool_calls', 'toolCalls', 'function_call', 'functionCall'] as const

const keysOfThoughts: ReadonlySet<string> = new Set(['content', 'metadata'])
const keysOfWords: ReadonlySet<string> = new Set([...keysOfThoughts, ...callKeys])
/** Its tool may be named in `tool`. */
const keysOfTools: ReadonlySet<string> = new Set([...keysOfThoughts, 'data', 'result', 'tool', ...nameKeys, ...argumentKeys, ...wrappers])

/** Words beside a call are said before it. The call may be the frame itself. */
function toolCalled(given: Readonly<Record<string, unknown>>, atS: number): FrameRead {
  const { role: _, content, metadata: __, type: ___, ...rest } = given
  const frame = saysSomething(given['data']) || !isNamed(rest) ? given : { content, data: rest }
  const { data } = frame
  const { around, words } = aroundCall(frame)
  if (words !== undefined && typeof words !== 'string') return { wrong: 'content is not text' }
  if (isTooDeepInTexts({ content })) return { wrong: tooDeep }
  const call = readOne(data, atS, 'data', around)
  if ('wrong' in call) return call
  return { events: words === undefined ? call.events : [{ type: 'said', text: words, startS: atS, endS: atS }, ...call.events] }
}

function readOne(value: unknown, atS: number, key: string, around: ReturnType<typeof aroundCall>['around'] = []): FrameRead {
  const call = readCall(value, atS, ...around)
  if (call === 'unnamed') return { wrong: `${key}.name is missing` }
  if (call === 'ambiguous') return { wrong: `${key} names two tools` }
  return call === 'too deep' ? { wrong: tooDeep } : { events: call }
}

/** A result is in the data; of a message of chat completions it is the content. Other words are said after it. */
function toolReturned(frame: Readonly<Record<string, unknown>>, atS: number): FrameRead {
  const { data = frame, content } = frame
  if (!isRecord(data)) return { wrong: 'data.result is missing' }
  const written = 'result' in data ? data['result'] : data === frame ? content : undefined
  if (written === undefined) return { wrong: 'data.result is missing' }
  const result = exactlyParsedOf(written)
  const name = typeof data['name'] === 'string' ? { name: data['name'] } : {}
  const returned: AgentEvent = { type: 'tool_returned', ...idOf(data['id'] ?? data['tool_call_id']), ...name, result, atS }
  const isSaid = typeof content === 'string' && content.trim() !== '' && !jsonEqual(exactlyParsedOf(content), result)
  return { events: isSaid ? [returned, { type: 'said', text: content, startS: atS, endS: atS }] : [returned] }
}

function spoken(frame: Readonly<Record<string, unknown>>, atS: number): FrameRead {
  const { content = null, metadata = null, type } = frame
  const ends = type === 'end_call'
  const calls = callKeys.flatMap(key => (saysSomething(frame[key]) ? [frame[key]].flat().map(call => readOne(call, atS, key)) : []))
  if (content === null && metadata === null && !ends && calls.length === 0) {
    return { wrong: 'it has no content, no metadata and no role of a tool' }
  }
  if (content !== null && typeof content !== 'string') return { wrong: 'content is not text' }
  if (metadata !== null && !isRecord(metadata)) return { wrong: 'metadata is not an object' }

  const says = content !== null && content.trim() !== ''
  const events: AgentEvent[] = []
  if (metadata) events.push({ type: 'metadata', data: metadata })
  for (const call of calls) {
    if ('wrong' in call) return call
    events.push(...call.events)
  }
  if (says) events.push({ type: 'said', text: content, startS: atS, endS: atS })
  if (ends) events.push({ type: 'ended', afterWords: says, atS })
  return { events }
}
