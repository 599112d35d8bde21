import type { Place } from '../../../domain/place.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { Detour, StreamDialect } from '../http/dialect.js'
import { thoughtEvents } from '../thinking.js'
import { assembleChunks } from './assemble-chunks.js'
import { spokenIn } from './spoken-in.js'

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
      const { spokenS, beganS } = chunks
      const { text: said = '', thoughts = [] } = spokenIn(chunks.message()) ?? {}
      return [
        ...thoughtEvents(thoughts, beganS),
        ...(spokenS && said.trim() !== '' ? [{ type: 'said', text: said, ...spokenS } as const] : []),
      ]
    },
    conclude(_answer, atS) {
      const reading = read(chunks.completion(), atS)
      return Array.isArray(reading) ? spoken(reading) : { ...reading, events: spoken(reading.events) }
    },
  }

  /** The events with the time at which the words came. */
  function spoken(events: readonly AgentEvent[]): AgentEvent[] {
    return events.map(event => {
      if (event.type === 'thought') return { ...event, atS: chunks.beganS }
      return event.type === 'said' ? { ...event, ...chunks.spokenS } : event
    })
  }
}
