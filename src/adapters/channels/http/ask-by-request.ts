import type { Place } from '../../../domain/place.js'
import { isUtf8 } from 'node:buffer'
import { FaultError, type Fault } from '../../../domain/fault.js'
import type { AgentEvent, Call, Hear } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import { toldVersionHeader, toldVersionKey } from '../../../domain/identity.js'
import { callFaults } from '../../../domain/faults/call-faults.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { broke, eventsOrFault } from '../reply.js'
import { readJson } from '../read-json.js'
import { createRateLimit, type RateLimit } from '../rate-limit.js'
import { isRefusal, type HttpAnswer } from '../receive-body.js'
import { statusFault, type StatusLine } from '../status-fault.js'
import type { Ask, Questioner } from '../strict-conversation.js'
import { takeTurns } from '../turns.js'
import type { Request, Requester, RequestPool, SentRequest } from './request-pool.js'
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

/** Longer answers, in bytes, are read in turn, since each can take a tenth of a second. */
const mostAtOnce = 1 << 15

/** Asks by HTTP request. The answer must be a success with JSON in UTF-8, or with a stream of events if the dialect reads one. */
export function askByRequest(call: Call, dialect: Dialect, use: RequestUse): Ask {
  const asking = { call, dialect, use, hasReached: false }
  return (words, by) => {
    const question = new Question(asking, by)
    question.send(dialect.request(words))
    return question
  }
}

/** What the questions of one conversation share. */
interface Asking {
  readonly call: Call
  readonly dialect: Dialect
  readonly use: RequestUse
  /** Whether the agent has answered before. */
  hasReached: boolean
}

/** The caller's words on their way: one request, or several if the agent needs something or asks for patience. */
class Question {
  readonly asking: Asking
  readonly by: Questioner
  #limit: RateLimit | undefined
  #isCancelled = false
  /** What is in progress. */
  #current: (Pick<SentRequest, 'cancel'> & Partial<SentRequest>) | undefined

  constructor(asking: Asking, by: Questioner) {
    this.asking = asking
    this.by = by
  }

  send(request: Request): void {
    this.#current = new Exchange(this, request).send()
  }

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  cancel(): void {
    this.#isCancelled = true
    this.#current?.cancel()
  }

  unreached(): Fault | undefined {
    return this.#current?.isConnected === false ? connectionFaults.connectTimeout({ place: this.asking.use.place }) : undefined
  }

  /** An agent that asks for patience gets the same request again. */
  refused(answer: HttpAnswer, request: Request): void {
    const { call, use } = this.asking
    const { place, clock, waitsIfLimited } = use
    this.#limit ??= createRateLimit(call, clock, !waitsIfLimited)
    const waiting = this.#limit.waitOut(statusFault(answer, answer.body.toString(), place, clock.date()), () => this.send(request))
    if ('fault' in waiting) this.by.answered([broke(waiting.fault)])
    else this.#current = waiting
  }

  proceed(reading: AgentEvent[] | Detour): void {
    if (Array.isArray(reading)) this.by.answered(reading)
    else void this.#detour(reading)
  }

  async #detour({ events, onward }: Detour): Promise<void> {
    const control = new AbortController()
    this.#current = { cancel: () => control.abort() }
    const hear: Hear = event => this.by.hear(event)
    for (const event of events) hear(event)
    try {
      const request = await onward(hear, control.signal)
      if (!control.signal.aborted) this.send(request)
    } catch (error) {
      if (!control.signal.aborted) this.by.answered([broke(faultOf(error))])
    }
  }
}

/** One request of a question, and its answer. */
class Exchange implements Requester {
  readonly #question: Question
  readonly #request: Request
  #sent: SentRequest | undefined
  #stream: StreamReader | undefined
  /** Set once the answer is complete though the agent keeps its stream open. */
  #cancelDrain: (() => void) | undefined

  constructor(question: Question, request: Request) {
    this.#question = question
    this.#request = request
  }

  send(): SentRequest {
    this.#sent = this.#question.asking.use.pool.send(this.#request, this)
    return this.#sent
  }

  answered(answer: HttpAnswer): void {
    if (this.#cancelDrain) return this.#cancelDrain()
    this.#question.asking.hasReached = true
    this.#hearVersion(answer)
    if (answer.body.length <= mostAtOnce) return this.#settle(answer)
    takeTurns({
      take: () => {
        if (!this.#question.isCancelled) this.#settle(answer)
        return false
      },
    })
  }

  #settle(answer: HttpAnswer): void {
    if (isRefusal(answer.status)) this.#question.refused(answer, this.#request)
    else if (this.#stream) this.#conclude(this.#stream, answer)
    else this.#question.proceed(this.#read(answer))
  }

  failed(fault: Fault): void {
    if (this.#cancelDrain) return this.#cancelDrain()
    const { hasReached, use } = this.#question.asking
    const isGone = fault.code === 'refused' && hasReached
    this.#question.by.answered([...(this.#stream?.soFar() ?? []), broke(isGone ? connectionFaults.gone({ place: use.place }) : fault)])
  }

  begins(line: StatusLine): ((chunk: Buffer) => void) | undefined {
    if (!isEventStream(line)) return undefined
    const { dialect, use } = this.#question.asking
    if (!dialect.stream) throw new FaultError(replyFaults.streamedUnasked({ place: use.place }))
    const reader = createStreamReader(dialect.stream(), use.place)
    this.#stream = reader
    return chunk => this.#take(chunk, reader, line)
  }

  #take(chunk: Buffer, reader: StreamReader, line: StatusLine): void {
    if (this.#cancelDrain) return
    const { call, use } = this.#question.asking
    this.#question.by.hear({ type: 'answering' })
    if (!reader.take(chunk, call.elapsedS())) return
    // The caller need not wait until the agent closes the stream. The request is not cut off at once: that could stop its server.
    this.#cancelDrain = use.clock.after(drainMs, () => this.#sent?.cancel())
    this.#question.asking.hasReached = true
    this.#hearVersion(line)
    this.#conclude(reader, { ...line, body: noBody })
  }

  /** Heard before the answer, whose own metadata replaces it. */
  #hearVersion({ headers }: StatusLine): void {
    const told = headers[toldVersionHeader]
    if (typeof told === 'string') this.#question.by.hear({ type: 'metadata', data: { [toldVersionKey]: told } })
  }

  #conclude(stream: StreamReader, answer: HttpAnswer): void {
    const reading = eventsOrFault(() => stream.conclude(answer, this.#question.asking.call.elapsedS()))
    const isCut = Array.isArray(reading) && reading.length === 1 && reading[0]?.type === 'broke'
    this.#question.proceed(isCut ? [...stream.soFar(), ...reading] : reading)
  }

  #read(answer: HttpAnswer): AgentEvent[] | Detour {
    const { dialect, call, use } = this.#question.asking
    return eventsOrFault(() => {
      const json = dialect.readsBody === false ? undefined : parse(answer, use.place)
      return dialect.read(json, answer, call.elapsedS())
    })
  }
}

function parse({ status, body }: HttpAnswer, place: Place): unknown {
  if (body.length === 0) throw new FaultError(replyFaults.noBody({ place, status }))
  if (!isUtf8(body)) throw new FaultError(replyFaults.invalidUtf8({ place }))
  return readJson(body.toString(), place)
}

const noBody = Buffer.alloc(0)

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault
  return callFaults.internal({ detail: String(error) })
}
