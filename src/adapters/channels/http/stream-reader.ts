import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import type { Place } from '../../../domain/place.js'
import type { AgentEvent } from '../../../ports/channel.js'
import { EventStreamParser, type ServerSentEvent } from '../../network/event-stream-parser.js'
import { isFailure } from '../error-in.js'
import { maxAnswerBytes } from '../faults.js'
import { readJson } from '../read-json.js'
import type { HttpAnswer } from '../receive-body.js'
import type { StatusLine } from '../status-fault.js'
import type { Detour, StreamDialect } from './dialect.js'

/** Reads one answer that comes as server-sent events. */
export interface StreamReader {
  /**
   * Takes bytes.
   *
   * @returns Whether nothing more is to come, as `[DONE]` says.
   * @throws {FaultError}
   */
  take(chunk: Uint8Array, atS: number): boolean
  /** Reads the whole answer. @throws {FaultError} when it is not whole, or cannot be read. */
  conclude(answer: HttpAnswer, atS: number): AgentEvent[] | Detour
  soFar(): AgentEvent[]
}

/** Whether an answer is a stream of events. */
export function isEventStream({ headers }: StatusLine): boolean {
  return /^text\/event-stream\s*(?:;|$)/i.test(String(headers['content-type'] ?? ''))
}

export function createStreamReader(dialect: StreamDialect, place: Place): StreamReader {
  const parser = new EventStreamParser({ strictly: true })
  let isDone = false

  return {
    take(chunk, atS) {
      for (const event of parsed(chunk)) takeEvent(event, atS)
      if (parser.pendingChars > maxAnswerBytes) throw new FaultError(replyFaults.tooLarge({ place }))
      return isDone
    },
    conclude(answer, atS) {
      const rest = isDone ? undefined : parser.rest()
      if (rest && rest.data.trim() !== '') {
        // Without its last line break, an event that is whole is one nevertheless.
        if (rest.data.trim() !== done && !isJson(rest.data)) throw new FaultError(replyFaults.streamCut({ place }))
        takeEvent(rest, atS)
      }
      if (!isDone && !dialect.isComplete) throw new FaultError(replyFaults.streamCut({ place }))
      return dialect.conclude(answer, atS)
    },
    soFar: () => dialect.soFar(),
  }

  function parsed(chunk: Uint8Array): readonly ServerSentEvent[] {
    try {
      return parser.write(chunk)
    } catch {
      throw new FaultError(replyFaults.invalidUtf8({ place }))
    }
  }

  function takeEvent({ name, data }: ServerSentEvent, atS: number): void {
    if (isDone) return
    if (isFailure(name)) throw new FaultError(replyFaults.streamError({ place, text: data }))
    if (data.trim() === '') return
    if (data.trim() === done) {
      isDone = true
      return
    }
    dialect.take(readJson(data, place), atS)
  }
}

/** The data of the event that ends a stream of chat completions, and of many others. */
const done = '[DONE]'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
