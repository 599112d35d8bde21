import type { Place } from '../../../domain/place.js'
import { FaultError } from '../../../domain/fault.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { ConnectionOf } from '../../../domain/connection.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import type { PointerCount } from '../../../domain/pointer-count.js'
import { errorIn } from '../error-in.js'
import { broke, eventsOf, spokenOf, type Reply, type Spoken } from '../reply.js'
import { thoughtEvents } from '../thinking.js'
import { describeMiss } from './pointer.js'
import { compileReplyPointers, isEnd, type PointerCounter, type ReplyPointers } from './reply-pointers.js'
import { openReplyStream, type ReplyStream } from './reply-stream.js'

const nothing: Spoken = { said: [], thoughts: [] }

/** Reads the answers of one conversation. */
export interface ReplyReader {
  /** Reads an answer, and writes the values to capture into `captured`. @throws {FaultError} when it cannot be read. */
  read(json: unknown, captured: Record<string, unknown>, atS: number): { events: AgentEvent[]; said: string[] }
  /** Reads an answer that comes as a stream. */
  stream(captured: Record<string, unknown>): ReplyStream
  /** What the pointers have found so far. */
  pointers(): readonly PointerCount[]
}

/**
 * Compiles the connection's pointers.
 *
 * @param placeholders  The names of those that its requests use. A captured value that none uses is not counted.
 */
export function compileReply(connection: ConnectionOf<'http'>, place: Place, placeholders: readonly string[]): () => ReplyReader {
  const pointers = compileReplyPointers(connection, place, placeholders)
  return () => new ConversationReader(pointers)
}

class ConversationReader implements ReplyReader {
  readonly #pointers: ReplyPointers
  readonly #counter: PointerCounter

  constructor(pointers: ReplyPointers) {
    this.#pointers = pointers
    this.#counter = pointers.openCounter()
  }

  read(json: unknown, captured: Record<string, unknown>, atS: number): { events: AgentEvent[]; said: string[] } {
    const { reply: pointer, words, toolCalls, end, metadata, names } = this.#pointers
    const { place } = names
    this.#counter.openAnswer()
    this.#counter.see(json)
    this.#pointers.capture(json, captured)
    const reply: Reply = {
      words: words.find(json),
      toolCalls: toolCalls.find(json),
      ended: isEnd(end.find(json)),
      metadata: metadata.find(json),
    }
    const mayBeSilent = reply.ended || (Array.isArray(reply.toolCalls) && reply.toolCalls.length > 0)
    const spoken = mayBeSilent && (reply.words ?? null) === null ? nothing : spokenOf(reply.words, names)
    if (!spoken) {
      throw new FaultError(replyFaults.pointerMissed({ place, pointer, seen: describeMiss(json, pointer, place.mask) }))
    }
    const { said, thoughts } = spoken
    const error = this.#pointers.readsError ? undefined : errorIn(json)
    if (error !== undefined) {
      // The words are shown, but are no answer: the agent says itself that it failed.
      const shown = said.map(text => ({ type: 'said' as const, text, startS: atS, endS: atS }))
      return { events: [...thoughtEvents(thoughts, atS), ...shown, broke(replyFaults.answeredError({ place, text: error }))], said }
    }
    this.#counter.hasRead(reply.words, thoughts.length === 0 ? said : [...said, ...thoughts])
    const events = eventsOf(reply, said, names, atS)
    return { events: thoughts.length === 0 ? events : [...thoughtEvents(thoughts, atS), ...events], said }
  }

  stream(captured: Record<string, unknown>): ReplyStream {
    this.#counter.openAnswer()
    return openReplyStream(this.#pointers, this.#counter, captured)
  }

  pointers(): readonly PointerCount[] {
    return this.#counter.counts()
  }
}
