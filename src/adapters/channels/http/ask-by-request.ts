import type { Place } from '../../../domain/place.js'
import { isUtf8 } from 'node:buffer'
import { FaultError, type Fault } from '../../../domain/fault.js'
import type { PointerCount } from '../../../domain/pointer-count.js'
import type { AgentEvent, Call, Hear } from '../../../ports/channel.js'
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

/** How one kind of HTTP agent encodes a conversation. It keeps the conversation's state. */
export interface Dialect {
  /** The request that carries the caller's words. */
  request(words: string): Request
  /**
   * Reads the agent's answer: what it did, or a detour if it needs something first.
   *
   * @throws {FaultError} when the answer cannot be read.
   */
  read(json: unknown, answer: HttpAnswer, atS: number): AgentEvent[] | Detour
  /** What the connection's pointers have found so far. */
  pointers?(): readonly PointerCount[]
}

/** The agent needs something before it is done with the caller's words. */
export interface Detour {
  /** What the agent has done so far. */
  readonly events: readonly AgentEvent[]
  /** Gets what the agent needs, and returns the request that delivers it. Reports events to `hear` meanwhile. */
  onward(hear: Hear, signal: AbortSignal): Promise<Request>
}

/** What requests to an agent need. */
export interface RequestUse {
  readonly pool: RequestPool
  /** What messages call the agent. */
  readonly place: Place
  readonly clock: Clock
  /** Whether an agent that answers 429 or 503 with Retry-After is asked again. */
  readonly waitsIfLimited: boolean
}

/** Asks by HTTP request. The answer must be a success with JSON in UTF-8. */
export function askByRequest(call: Call, dialect: Dialect, { pool, place, clock, waitsIfLimited }: RequestUse): Ask {
  let reached = false
  return (words, answered, hear) => {
    let callOff: () => void
    const limit = createRateLimit(call, clock, !waitsIfLimited)
    send(dialect.request(words))
    return () => callOff()

    function send(request: Request): void {
      callOff = pool.send(
        request,
        answer => {
          reached = true
          if (isRefusal(answer.status)) refused(answer, request)
          else take(answer)
        },
        fault => answered([broke(fault.code === 'refused' && reached ? connectionFaults.gone({ place }) : fault)]),
      )
    }

    /** An agent that asks for patience gets the same request again. */
    function refused(answer: HttpAnswer, request: Request): void {
      const waiting = limit.waitOut(statusFault(answer, answer.body.toString(), place, clock.date()), () => send(request))
      if ('fault' in waiting) answered([broke(waiting.fault)])
      else callOff = waiting.cancel
    }

    function take(answer: HttpAnswer): void {
      const reading = read(answer)
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

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault
  return callFaults.internal({ detail: String(error) })
}
