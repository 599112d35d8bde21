import type { Place } from '../../../domain/place.js'
import { isUtf8 } from 'node:buffer'
import { FaultError, type Fault } from '../../../domain/fault.js'
import type { AgentEvent, Call } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import { callFaults } from '../../../domain/faults/call-faults.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { broke, eventsOrFault } from '../reply.js'
import { readJson } from '../read-json.js'
import { createRateLimit } from '../rate-limit.js'
import { isRefusal, type HttpAnswer } from '../receive-body.js'
import { statusFault } from '../status-fault.js'
import type { Ask } from '../strict-conversation.js'
import type { Request, RequestPool } from './request-pool.js'
import type { Detour, Dialect } from './dialect.js'
import { createStreamReader, isEventStream, type StreamReader } from './stream-reader.js'

/** What requests to an agent need. */
export interface RequestUse {
  readonly pool: RequestPool
  /** What messages call the agent. */
  readonly place: Place
  readonly clock: Clock
  /** Whether an agent that answers 429 or 503 with Retry-After is asked again. */
  readonly waitsIfLimited: boolean
}

/** How long a stream may stay open after its last event. */
const drainMs = 1_000

/** Asks by HTTP request. The answer must be a success with JSON in UTF-8, or with a stream of events if the dialect reads one. */
export function askByRequest(call: Call, dialect: Dialect, { pool, place, clock, waitsIfLimited }: RequestUse): Ask {
  let reached = false
  return (words, answered, hear) => {
    let callOff: () => void
    const limit = createRateLimit(call, clock, !waitsIfLimited)
    send(dialect.request(words))
    return () => callOff()

    function send(request: Request): void {
      let stream: StreamReader | undefined
      let cancelDrain: (() => void) | undefined
      const cancel = pool.send(
        request,
        answer => {
          if (cancelDrain) return cancelDrain()
          reached = true
          if (isRefusal(answer.status)) refused(answer, request)
          else if (stream) conclude(stream, answer)
          else proceed(read(answer))
        },
        fault => {
          if (cancelDrain) return cancelDrain()
          const isGone = fault.code === 'refused' && reached
          answered([...(stream?.soFar() ?? []), broke(isGone ? connectionFaults.gone({ place }) : fault)])
        },
        line => {
          if (!isEventStream(line)) return undefined
          if (!dialect.stream) throw new FaultError(replyFaults.streamedUnasked({ place }))
          const reader = (stream = createStreamReader(dialect.stream(), place))
          return chunk => {
            if (cancelDrain) return
            hear({ type: 'answering' })
            if (!reader.take(chunk, call.elapsedS())) return
            // The caller need not wait until the agent closes the stream. The request is not cut off at once: that could stop its server.
            cancelDrain = clock.after(drainMs, cancel)
            reached = true
            conclude(reader, { ...line, body: noBody })
          }
        },
      )
      callOff = cancel
    }

    function conclude(stream: StreamReader, answer: HttpAnswer): void {
      const reading = eventsOrFault(() => stream.conclude(answer, call.elapsedS()))
      const isCut = Array.isArray(reading) && reading.length === 1 && reading[0]?.type === 'broke'
      proceed(isCut ? [...stream.soFar(), ...reading] : reading)
    }

    /** An agent that asks for patience gets the same request again. */
    function refused(answer: HttpAnswer, request: Request): void {
      const waiting = limit.waitOut(statusFault(answer, answer.body.toString(), place, clock.date()), () => send(request))
      if ('fault' in waiting) answered([broke(waiting.fault)])
      else callOff = waiting.cancel
    }

    function proceed(reading: AgentEvent[] | Detour): void {
      if (Array.isArray(reading)) answered(reading)
      else void detour(reading)
    }

    async function detour({ events, onward }: Detour): Promise<void> {
      const control = new AbortController()
      callOff = () => control.abort()
      for (const event of events) hear(event)
      try {
        const request = await onward(hear, control.signal)
        if (!control.signal.aborted) send(request)
      } catch (error) {
        if (!control.signal.aborted) answered([broke(faultOf(error))])
      }
    }
  }

  function read(answer: HttpAnswer): AgentEvent[] | Detour {
    return eventsOrFault(() => dialect.read(parse(answer), answer, call.elapsedS()))
  }

  function parse({ status, body }: HttpAnswer): unknown {
    if (body.length === 0) throw new FaultError(replyFaults.noBody({ place, status }))
    if (!isUtf8(body)) throw new FaultError(replyFaults.invalidUtf8({ place }))
    return readJson(body.toString(), place)
  }
}

const noBody = Buffer.alloc(0)

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault
  return callFaults.internal({ detail: String(error) })
}
