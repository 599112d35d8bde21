import type { Place } from '../../../domain/place.js'
import { FaultError } from '../../../domain/fault.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { ConnectionOf } from '../../../domain/connection.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { eventsOf, wordsOf, type Reply } from '../reply.js'
import { compilePointer, describeMiss } from './pointer.js'

/** Reads an answer, and writes the values to capture into `captured`. */
export type ReadReply = (json: unknown, captured: Record<string, unknown>, atS: number) => { events: AgentEvent[]; said: string[] }

/** Compiles the connection's pointers. */
export function compileReply(connection: ConnectionOf<'http'>, place: Place): ReadReply {
  const pointer = connection.reply ?? '/reply'
  const findWords = compilePointer(pointer, place)
  const findToolCalls = compilePointer(connection.toolCalls, place)
  const findEnd = compilePointer(connection.end, place)
  const findMetadata = compilePointer(connection.metadata, place)
  const captures = Object.entries(connection.capture ?? {}).map(([name, from]) => [name, compilePointer(from, place)] as const)
  const names = { place, toolCalls: connection.toolCalls ?? '' }

  return (json, captured, atS) => {
    for (const [name, find] of captures) {
      const value = find(json)
      if (value !== undefined) captured[name] = value
    }
    const reply: Reply = {
      words: findWords(json),
      toolCalls: findToolCalls(json),
      ended: [findEnd(json)].flat().includes(true),
      metadata: findMetadata(json),
    }
    const mayBeSilent = reply.ended || (Array.isArray(reply.toolCalls) && reply.toolCalls.length > 0)
    const said = mayBeSilent && (reply.words ?? null) === null ? [] : wordsOf(reply.words)
    if (!said) {
      throw new FaultError(replyFaults.pointerMissed({ place, pointer, seen: describeMiss(json, pointer, place.mask) }))
    }
    return { events: eventsOf(reply, said, names, atS), said }
  }
}
