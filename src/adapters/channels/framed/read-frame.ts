import { exactlyParsedOf } from '../../../domain/exact-number.js'
import { isRecord } from '../../../domain/json-value.js'
import { deepestNesting, isTooDeepInTexts } from '../../../domain/nesting.js'
import { saysSomething } from '../../../domain/wire/fields.js'
import type { AgentEvent } from '../../../ports/channel.js'
import { readCall } from '../read-call.js'
import { idOf } from '../reply.js'
import { aroundCall } from './around-call.js'

/** What a frame says, which may be nothing, or why it is not a frame, as half a sentence. */
export type FrameRead = { readonly events: readonly AgentEvent[] } | { readonly wrong: string }

/** Reads a frame that was parsed. */
export function readFrame(frame: unknown, atS: number): FrameRead {
  if (!isRecord(frame)) return { wrong: 'it is not an object' }
  if (isRecord(frame['data']) && isTooDeepInTexts(frame['data'])) return { wrong: tooDeep }
  const stray = strayWords.find(key => saysSomething(frame[key]) && frame[key] !== frame['content'])
  if (stray !== undefined) return { wrong: `it has words in ${stray}, which is not read: words belong in content` }
  switch (frame['role']) {
    case 'Function Call':
      return toolCalled(frame, atS)
    case 'Function Call Result':
      return toolReturned(frame['data'], atS)
    default:
      return spoken(frame, atS)
  }
}

const tooDeep = `it nests more than ${deepestNesting} levels deep`

/** Where other protocols have words. */
const strayWords = ['text', 'message', 'messages', 'reply', 'response', 'answer', 'refusal', 'transcript', 'delta'] as const

/** Where other protocols have the tool calls of a message. */
const callKeys = ['tool_calls', 'toolCalls', 'function_call', 'functionCall'] as const

/** Words beside a call are said before it. */
function toolCalled(frame: Readonly<Record<string, unknown>>, atS: number): FrameRead {
  const { data, content } = frame
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

function toolReturned(data: unknown, atS: number): FrameRead {
  if (!isRecord(data) || !('result' in data)) return { wrong: 'data.result is missing' }
  const name = typeof data['name'] === 'string' ? { name: data['name'] } : {}
  return { events: [{ type: 'tool_returned', ...idOf(data['id']), ...name, result: exactlyParsedOf(data['result']), atS }] }
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
