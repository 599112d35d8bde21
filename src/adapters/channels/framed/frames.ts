import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { isRecord, parsedOf } from '../../../domain/json-value.js'
import type { AgentEvent, Said } from '../../../ports/channel.js'
import { broke, idOf } from '../reply.js'

/** The frame that says something to the agent. */
export function frameOf(part: Said): string {
  return JSON.stringify(part.type === 'text' ? { content: part.text } : { type: 'dtmf', digits: part.digits, content: '' })
}

/** The frame that hangs up. */
export function endFrame(lastWords: string): string {
  return JSON.stringify({ content: lastWords, type: 'end_call' })
}

/**
 * Reads one frame of the agent's side of the text WebSocket:
 *
 * - `{ content }`, `{ metadata }`, or both; `{ content, type: 'end_call' }` hangs up
 * - `{ role: 'Function Call', data: { id, name, arguments } }`
 * - `{ role: 'Function Call Result', data: { id, result } }`
 *
 * A frame that cannot be read becomes `broke`.
 *
 * @param place  The sender, for messages.
 */
export function eventsOfFrame(text: string, place: string, atS: number): AgentEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [broke(replyFaults.notJson({ place, text }))]
  }
  if (!isRecord(frame)) return [badFrame(place, text, 'it is not an object')]
  switch (frame['role']) {
    case 'Function Call':
      return [toolCalled(frame['data'], atS) ?? badFrame(place, text, 'data.name is missing')]
    case 'Function Call Result':
      return [toolReturned(frame['data'], atS) ?? badFrame(place, text, 'data.result is missing')]
    default:
      return spoken(frame, text, place, atS)
  }
}

function toolCalled(data: unknown, atS: number): AgentEvent | undefined {
  if (!isRecord(data) || typeof data['name'] !== 'string') return undefined
  return {
    type: 'tool_called',
    ...idOf(data['id']),
    name: data['name'],
    arguments: parsedOf(data['arguments'] ?? {}),
    atS,
  }
}

function toolReturned(data: unknown, atS: number): AgentEvent | undefined {
  if (!isRecord(data) || !('result' in data)) return undefined
  const name = typeof data['name'] === 'string' ? { name: data['name'] } : {}
  return { type: 'tool_returned', ...idOf(data['id']), ...name, result: parsedOf(data['result']), atS }
}

function spoken(frame: Readonly<Record<string, unknown>>, text: string, place: string, atS: number): AgentEvent[] {
  const { content = null, metadata = null, type } = frame
  const ends = type === 'end_call'
  if (content === null && metadata === null && !ends) return [badFrame(place, text, 'it has no content, no metadata and no role of a tool')]
  if (content !== null && typeof content !== 'string') return [badFrame(place, text, 'content is not text')]
  if (metadata !== null && !isRecord(metadata)) return [badFrame(place, text, 'metadata is not an object')]

  const says = content !== null && content.trim() !== ''
  const events: AgentEvent[] = []
  if (metadata) events.push({ type: 'metadata', data: metadata })
  if (says) events.push({ type: 'said', text: content, startS: atS, endS: atS })
  if (ends) events.push({ type: 'ended', afterWords: says, atS })
  if (events.length > 0) return events
  return [broke(replyFaults.frameWithoutWords({ place }))]
}

function badFrame(place: string, text: string, why: string): AgentEvent {
  return broke(replyFaults.notFrame({ place, why, text }))
}
