import type { Place } from '../../../domain/place.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { Detour, StreamDialect } from '../http/dialect.js'
import { wordsOf } from '../reply.js'
import { assembleChunks } from './assemble-chunks.js'

/**
 * Reads a streamed chat completion.
 *
 * @param read  Reads the completion as if it had come whole.
 */
export function openChatStream(place: Place, read: (completion: unknown, atS: number) => AgentEvent[] | Detour): StreamDialect {
  const chunks = assembleChunks(place)
  return {
    take: chunks.take,
    get isComplete() {
      return chunks.isFinished
    },
    soFar() {
      const { spokenS } = chunks
      return spokenS ? (wordsOf(chunks.words()) ?? []).map(text => ({ type: 'said', text, ...spokenS })) : []
    },
    conclude(_answer, atS) {
      const reading = read(chunks.completion(), atS)
      return Array.isArray(reading) ? spoken(reading) : { ...reading, events: spoken(reading.events) }
    },
  }

  /** The events with the time at which the words came. */
  function spoken(events: readonly AgentEvent[]): AgentEvent[] {
    return events.map(event => (event.type === 'said' ? { ...event, ...chunks.spokenS } : event))
  }
}
