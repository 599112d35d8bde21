import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { addAll } from '../../../domain/add-all.js'
import { isRecord } from '../../../domain/json-value.js'
import type { AgentEvent } from '../../../ports/channel.js'
import { errorIn } from '../error-in.js'
import { maxAnswerBytes } from '../faults.js'
import { toolEventsOf } from '../reply.js'
import { FirstWords, thoughtEvents, withoutOpeningThoughts } from '../thinking.js'
import { piecesOf } from '../words-of.js'
import { describeMiss } from './pointer.js'
import { isEnd, type PointerCounter, type ReplyPointers } from './reply-pointers.js'

/** Reads the events of one streamed answer, each by the connection's pointers. */
export interface ReplyStream {
  take(json: unknown, atS: number): void
  soFar(): AgentEvent[]
  /** Everything the agent did, and the messages it said. @throws {FaultError} when that is nothing. */
  conclude(atS: number): { readonly events: AgentEvent[]; readonly said: readonly string[] }
}

/**
 * Reads a streamed answer. The words of successive events are one message, unless a tool is called between.
 *
 * @param counter  Counts what the pointers find.
 */
export function openReplyStream(pointers: ReplyPointers, counter: PointerCounter, captured: Record<string, unknown>): ReplyStream {
  const { reply: pointer, names } = pointers
  const { place } = names
  const parts: (Message | AgentEvent)[] = []
  let bytes = 0
  let ended = false
  let last: unknown

  return {
    take(json, atS) {
      const error = errorIn(json)
      if (error !== undefined) throw new FaultError(replyFaults.streamError({ place, text: error }))
      last = json
      counter.see(json)
      pointers.capture(json, captured)
      for (const text of textsIn(json)) say(text, atS)
      const called = pointers.toolCalls.find(json)
      addAll(parts, toolEventsOf(isRecord(called) ? [called] : called, names, atS))
      const data = pointers.metadata.find(json)
      if (isRecord(data)) parts.push({ type: 'metadata', data })
      ended ||= isEnd(pointers.end.find(json))
    },
    soFar,
    conclude(atS) {
      const events = soFar()
      const said = events.flatMap(event => (event.type === 'said' ? event.text : []))
      if (said.length === 0 && !ended && !events.some(({ type }) => type === 'tool_called')) {
        throw missed(last === undefined ? 'the stream has no events' : describeMiss(last, pointer, place.mask))
      }
      return { events: [...events, ended ? { type: 'ended', afterWords: said.length > 0, atS } : { type: 'yielded' }], said }
    },
  }

  function textsIn(json: unknown): readonly string[] {
    const words = pointers.words.find(json) ?? ''
    if (typeof words === 'string') return [words]
    const texts = piecesOf(words)
    if (!texts) throw missed(describeMiss(json, pointer, place.mask))
    counter.hasRead(words, texts)
    return texts
  }

  function say(text: string, atS: number): void {
    bytes += Buffer.byteLength(text)
    if (bytes > maxAnswerBytes) throw new FaultError(replyFaults.tooLarge({ place }))
    const message = parts.at(-1)
    if (message?.type === 'message') {
      message.pieces.push(text)
      if (message.hasBegun || !message.firstWords.take(text)) return void (message.endS = atS)
      message.hasBegun = true
      message.startS = message.endS = atS
    } else if (text !== '') {
      const firstWords = new FirstWords()
      parts.push({ type: 'message', pieces: [text], firstWords, hasBegun: firstWords.take(text), beganS: atS, startS: atS, endS: atS })
    }
  }

  function soFar(): AgentEvent[] {
    return parts.flatMap(part => (part.type === 'message' ? saidIn(part) : part))
  }

  function missed(seen: string): FaultError {
    return new FaultError(replyFaults.pointerMissed({ place, pointer, seen }))
  }
}

/** A message that is still coming. */
interface Message {
  readonly type: 'message'
  readonly pieces: string[]
  readonly firstWords: FirstWords
  /** Whether it says something that is not thought. */
  hasBegun: boolean
  readonly beganS: number
  /** Of its first words. */
  startS: number
  endS: number
}

function saidIn({ pieces, beganS, startS, endS }: Message): AgentEvent[] {
  const { text, thoughts } = withoutOpeningThoughts(pieces.join(''))
  return [...thoughtEvents(thoughts, beganS), ...(text.trim() === '' ? [] : [{ type: 'said' as const, text, startS, endS }])]
}
