import type { Place } from '../../../domain/place.js'
import { FaultError } from '../../../domain/fault.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { ConnectionOf } from '../../../domain/connection.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { captureSetting, type PointerCount } from '../../../domain/pointer-count.js'
import { eventsOf, wordsOf, type Reply } from '../reply.js'
import { compilePointer, describeMiss, nowhere, type Pointer } from './pointer.js'

/** Reads the answers of one conversation. */
export interface ReplyReader {
  /** Reads an answer, and writes the values to capture into `captured`. @throws {FaultError} when it cannot be read. */
  read(json: unknown, captured: Record<string, unknown>, atS: number): { events: AgentEvent[]; said: string[] }
  /** What the pointers have found so far. */
  pointers(): readonly PointerCount[]
}

/**
 * Compiles the connection's pointers.
 *
 * @param placeholders  The names of those that its requests use. A captured value that none uses is not counted.
 */
export function compileReply(connection: ConnectionOf<'http'>, place: Place, placeholders: readonly string[]): () => ReplyReader {
  const pointer = connection.reply ?? '/reply'
  const compiled = (setting: string | undefined): Pointer => (setting === undefined ? nowhere : compilePointer(setting, place))
  const words = compiled(pointer)
  const toolCalls = compiled(connection.toolCalls)
  const end = compiled(connection.end)
  const metadata = compiled(connection.metadata)
  const captures = Object.entries(connection.capture ?? {}).map(([name, from]) => ({ name, from, value: compilePointer(from, place) }))
  const names = { place, toolCalls: connection.toolCalls ?? '' }
  const counted = [
    { setting: 'reply', at: pointer, of: words },
    { setting: 'tool_calls', at: connection.toolCalls, of: toolCalls },
    { setting: 'end', at: connection.end, of: end },
    { setting: 'metadata', at: connection.metadata, of: metadata },
    ...captures.flatMap(({ name, from, value }) =>
      [`captured.${name}`, `captured.${name}?`].some(each => placeholders.includes(each))
        ? [{ setting: captureSetting(name), at: from, of: value }]
        : [],
    ),
  ].flatMap(({ setting, at, of }) => (at === undefined ? [] : [{ setting, pointer: at, of }]))

  return () => {
    const found = counted.map(() => 0)
    let answers = 0
    return {
      read(json, captured, atS) {
        answers += 1
        for (const [i, { of }] of counted.entries()) if (of.isIn(json)) found[i]! += 1
        for (const { name, value } of captures) {
          const seen = value.find(json)
          if (seen !== undefined) captured[name] = seen
        }
        const reply: Reply = {
          words: words.find(json),
          toolCalls: toolCalls.find(json),
          ended: [end.find(json)].flat().includes(true),
          metadata: metadata.find(json),
        }
        const mayBeSilent = reply.ended || (Array.isArray(reply.toolCalls) && reply.toolCalls.length > 0)
        const said = mayBeSilent && (reply.words ?? null) === null ? [] : wordsOf(reply.words)
        if (!said) {
          throw new FaultError(replyFaults.pointerMissed({ place, pointer, seen: describeMiss(json, pointer, place.mask) }))
        }
        return { events: eventsOf(reply, said, names, atS), said }
      },
      pointers: () => counted.map(({ setting, pointer: at }, i) => ({ setting, pointer: at, answers, found: found[i]! })),
    }
  }
}
