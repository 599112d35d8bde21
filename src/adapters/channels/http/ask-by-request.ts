import { isUtf8 } from 'node:buffer'
import { FaultError } from '../../../domain/outcome.js'
import type { AgentEvent, Call } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import { agentFault, goneFault, invalidUtf8, notJson } from '../faults.js'
import { broke, eventsOrFault } from '../reply.js'
import { statusFault } from '../status-fault.js'
import type { Ask } from '../strict-conversation.js'
import { isRefusal, type Answer, type Request, type RequestPool } from './request-pool.js'

/** What one kind of agent over HTTP makes of a conversation; keeps what the conversation needs. */
export interface Dialect {
  /** The request that puts the caller's words. */
  request(words: string): Request
  /**
   * What the agent did, by its answer.
   *
   * @throws {FaultError} when it cannot be read.
   */
  read(json: unknown, answer: Answer, atS: number): AgentEvent[]
}

/** Asks by a request, whose answer has to be a success with JSON in UTF-8. */
export function askByRequest(pool: RequestPool, place: string, call: Call, clock: Clock, dialect: Dialect): Ask {
  let reached = false
  return (words, answered) =>
    pool.send(
      dialect.request(words),
      answer => {
        reached = true
        answered(eventsOf(answer))
      },
      fault => answered([broke(fault.code === 'refused' && reached ? goneFault(place) : fault)]),
    )

  function eventsOf(answer: Answer): AgentEvent[] {
    if (isRefusal(answer.status)) return [broke(statusFault(answer, answer.body.toString(), place, clock.date()))]
    return eventsOrFault(() => dialect.read(parse(answer), answer, call.elapsedS()))
  }

  function parse({ status, body }: Answer): unknown {
    if (body.length === 0)
      throw new FaultError(
        agentFault('empty_reply', `${place} answered ${status} with no body: look at the agent's log.`),
      )
    if (!isUtf8(body)) throw new FaultError(invalidUtf8(place))
    const text = body.toString()
    try {
      return JSON.parse(text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text)
    } catch {
      throw new FaultError(notJson(place, text))
    }
  }
}

const byteOrderMark = 0xfeff
