import type { Place } from '../../../domain/place.js'
import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { isRecord, parsedOf } from '../../../domain/json-value.js'
import type { AgentEvent, Said } from '../../../ports/channel.js'
import { readJson } from '../read-json.js'
import { thoughtEvents, withoutOpeningThoughts } from '../thinking.js'
import { broke, eventsOrFault } from '../reply.js'
import type { MakeDialect } from './dialect.js'
import { readFrame } from './read-frame.js'

/** The frame that says something to the agent. */
export function frameOf(part: Said): string {
  return JSON.stringify(part.type === 'text' ? { content: part.text } : { type: 'dtmf', digits: part.digits, content: '' })
}

/** The frame that hangs up. */
export function endFrame(lastWords: string): string {
  return JSON.stringify({ content: lastWords, type: 'end_call' })
}

/** Reads and writes the frames of one conversation, in order. */
export interface FrameReader {
  read(text: string, atS: number): AgentEvent[]
  /** The frame that says something to the agent. What it sends next is another answer. */
  write(part: Said): string
}

/** Frames of `{ content }`; see {@link eventsOfFrame}. */
export const contentFrames: MakeDialect = ({ place, send }) => {
  const frames = createFrameReader(place)
  return { read: frames.read, say: part => send(frames.write(part)), end: lastWords => send(endFrame(lastWords)) }
}

/** White space longer than this is dropped between pieces. */
const longestBlank = 1_000

/**
 * Makes a reader of frames; see {@link eventsOfFrame}. A frame of nothing but white space is a piece of an answer: it belongs to
 * the words that follow. A thought (`<think>`) that a frame does not end goes on in those that follow, if the answer begins with it.
 *
 * @param place  The sender, for messages.
 */
export function createFrameReader(place: Place): FrameReader {
  let blank = ''
  let isThinking = false
  let hasSpoken = false
  return {
    write(part) {
      hasSpoken = false
      return frameOf(part)
    },
    read(text, atS) {
      const piece = blankIn(text)
      if (piece !== undefined) {
        if (!isThinking && blank.length + piece.length <= longestBlank) blank += piece
        return []
      }
      return eventsOfFrame(text, place, atS).flatMap(event => (event.type === 'said' ? spokenIn(event) : event))
    },
  }

  function spokenIn(event: Extract<AgentEvent, { type: 'said' }>): AgentEvent[] {
    const { text, thoughts, isOpen } = withoutOpeningThoughts(event.text, isThinking)
    // In the middle of an answer, a tag that nothing closes is said.
    if (isOpen && !isThinking && hasSpoken) return [say(event, event.text)]
    isThinking = isOpen
    return [...thoughtEvents(thoughts, event.startS), ...(text.trim() === '' ? [] : [say(event, text)])]
  }

  function say(event: Extract<AgentEvent, { type: 'said' }>, text: string): AgentEvent {
    const said = { ...event, text: blank + text }
    blank = ''
    hasSpoken = true
    return said
  }
}

/** The white space of a frame that says nothing else. */
function blankIn(text: string): string | undefined {
  // Most frames are longer.
  if (text.length > longestBlank) return undefined
  const frame = parsedOf(text)
  if (!isRecord(frame) || Object.keys(frame).length !== 1) return undefined
  const { content } = frame
  return typeof content === 'string' && content !== '' && content.trim() === '' ? content : undefined
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
export function eventsOfFrame(text: string, place: Place, atS: number): AgentEvent[] {
  return eventsOrFault(() => {
    const read = readFrame(readJson(text, place), atS)
    if ('wrong' in read) throw new FaultError(replyFaults.notFrame({ place, why: read.wrong, text }))
    if (read.error !== undefined) return [...read.events, broke(replyFaults.answeredError({ place, text: read.error }))]
    if (read.events.length === 0) throw new FaultError(replyFaults.frameWithoutWords({ place }))
    return [...read.events]
  })
}
