import type { PointerCount } from '../../domain/pointer-count.js'
import type { AgentEvent, Call, Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { placeOf } from './faults.js'
import type { Detour, Dialect, StreamDialect } from './http/dialect.js'
import { compileReply, type ReplyReader } from './http/compile-reply.js'
import { compileRequest, compileSession, placeholdersOf, type Compose } from './http/compile-request.js'
import { createCookieJar, type CookieJar } from './http/cookie-jar.js'
import type { ReplyStream } from './http/reply-stream.js'
import { requestChannel } from './http/request-channel.js'
import type { Request } from './http/request-pool.js'
import { compileSessionReader, type ReadSession } from './http/session.js'
import type { Facts } from './http/template.js'
import type { HttpAnswer } from './receive-body.js'
import type { HistoryMessage } from './strict-conversation.js'

export { placeholdersOf } from './http/compile-request.js'

/**
 * One request a turn. The first request goes out with the caller's first words, so an unreachable agent shows in the
 * first turn. Redirects are not followed: the agent sent them as its answer.
 */
export const httpChannel: ChannelFactory = (agent, use): Channel => {
  const connection = connectionOf(agent, 'http')
  const url = new URL(connection.url)
  const place = placeOf(url, use.mask)
  const compose = compileRequest(connection)
  const openReader = compileReply(connection, place, placeholdersOf(connection))
  const streams = connection.stream !== undefined
  const opening = connection.session && {
    compose: compileSession(connection, connection.session),
    read: compileSessionReader(connection.session, place),
  }
  const now = (): Date => use.clock.date()
  return requestChannel({ ...connection, url, place }, use, call => {
    const session = opening && { compose: opening.compose(call), read: opening.read }
    return new HttpDialect(call, compose(call), { reader: openReader(), streams, session, now })
  })
}

/** What one conversation needs beside its requests. */
interface ConversationUse {
  readonly reader: ReplyReader
  readonly streams: boolean
  /** Begins the conversation. */
  readonly session: { readonly compose: Compose; readonly read: ReadSession } | undefined
  readonly now: () => Date
}

/** The dialect of one conversation: its history, cookies and captured values. */
class HttpDialect implements Dialect {
  /** Absent if the connection does not ask for streams. */
  readonly stream?: () => StreamDialect
  readonly #call: Call
  readonly #compose: Compose
  readonly #use: ConversationUse
  readonly #history: HistoryMessage[] = []
  readonly #captured: Record<string, unknown> = {}
  #cookies: CookieJar | undefined
  /** The caller's words that wait for the conversation to begin. */
  #waiting: string | undefined
  #hasBegun: boolean

  constructor(call: Call, compose: Compose, use: ConversationUse) {
    this.#call = call
    this.#compose = compose
    this.#use = use
    this.#hasBegun = use.session === undefined
    if (use.streams) this.stream = () => this.#streamOf(use.reader.stream(this.#captured))
  }

  request(words: string): Request {
    const { session } = this.#use
    if (this.#hasBegun || !session) return this.#turn(words)
    this.#waiting = words
    return session.compose(this.#facts(''), this.#cookies)
  }

  /** The answer that begins the conversation need not be JSON. */
  get readsBody(): boolean {
    return this.#waiting === undefined
  }

  pointers(): readonly PointerCount[] {
    return this.#use.reader.pointers()
  }

  read(json: unknown, answer: HttpAnswer, atS: number): AgentEvent[] | Detour {
    const { session, reader } = this.#use
    this.#takeCookies(answer)
    if (session && this.#waiting !== undefined) {
      const words = this.#waiting
      this.#waiting = undefined
      session.read(answer, this.#captured)
      this.#hasBegun = true
      return { events: [], onward: async () => this.#turn(words) }
    }
    return this.#remembered(reader.read(json, this.#captured, atS))
  }

  #turn(words: string): Request {
    const request = this.#compose(this.#facts(words), this.#cookies)
    this.#history.push({ role: 'user', content: words })
    return request
  }

  #facts(message: string): Facts {
    return { call: this.#call, message, history: this.#history, captured: this.#captured }
  }

  #streamOf(reply: ReplyStream): StreamDialect {
    return {
      take: reply.take,
      // Nothing but the end of the stream says that it is.
      isComplete: true,
      soFar: reply.soFar,
      conclude: (answer, atS) => {
        this.#takeCookies(answer)
        return this.#remembered(reply.conclude(atS))
      },
    }
  }

  #takeCookies({ headers }: HttpAnswer): void {
    const setCookie = headers['set-cookie']
    if (setCookie) (this.#cookies ??= createCookieJar()).take(setCookie, this.#use.now())
  }

  #remembered({ events, said }: { readonly events: AgentEvent[]; readonly said: readonly string[] }): AgentEvent[] {
    for (const content of said) this.#history.push({ role: 'assistant', content })
    return events
  }
}
