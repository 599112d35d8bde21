import type { AgentEvent, Call, Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { placeOf } from './faults.js'
import type { Dialect, StreamDialect } from './http/dialect.js'
import { compileReply, type ReplyReader } from './http/compile-reply.js'
import { compileRequest, compileSession, placeholdersOf, type Compose } from './http/compile-request.js'
import { createCookieJar, type CookieJar } from './http/cookie-jar.js'
import type { ReplyStream } from './http/reply-stream.js'
import { requestChannel } from './http/request-channel.js'
import type { Request } from './http/request-pool.js'
import { compileSessionReader, type ReadSession } from './http/session.js'
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
  return requestChannel({ ...connection, url, place }, use, call =>
    httpDialect(call, compose(call), {
      reader: openReader(),
      streams,
      ...(opening && { session: { compose: opening.compose(call), read: opening.read } }),
      now: () => use.clock.date(),
    }),
  )
}

/** What one conversation needs beside its requests. */
interface ConversationUse {
  readonly reader: ReplyReader
  readonly streams: boolean
  /** Begins the conversation. */
  readonly session?: { readonly compose: Compose; readonly read: ReadSession }
  readonly now: () => Date
}

/** The dialect of one conversation: its history, cookies and captured values. */
function httpDialect(call: Call, compose: Compose, { reader, streams, session, now }: ConversationUse): Dialect {
  const history: HistoryMessage[] = []
  const captured: Record<string, unknown> = {}
  let cookies: CookieJar | undefined
  /** The caller's words that wait for the conversation to begin. */
  let waiting: string | undefined
  let hasBegun = session === undefined
  const turn = (words: string): Request => {
    const request = compose({ call, message: words, history, captured }, cookies)
    history.push({ role: 'user', content: words })
    return request
  }
  return {
    request: words => {
      if (hasBegun || !session) return turn(words)
      waiting = words
      return session.compose({ call, message: '', history, captured }, cookies)
    },
    pointers: reader.pointers,
    read: (json, answer, atS) => {
      takeCookies(answer)
      if (session && waiting !== undefined) {
        const words = waiting
        waiting = undefined
        session.read(json, captured)
        hasBegun = true
        return { events: [], onward: async () => turn(words) }
      }
      return remembered(reader.read(json, captured, atS))
    },
    ...(streams && { stream: () => streamOf(reader.stream(captured)) }),
  }

  function streamOf(reply: ReplyStream): StreamDialect {
    return {
      take: reply.take,
      // Nothing but the end of the stream says that it is.
      isComplete: true,
      soFar: reply.soFar,
      conclude: (answer, atS) => {
        takeCookies(answer)
        return remembered(reply.conclude(atS))
      },
    }
  }

  function takeCookies({ headers }: HttpAnswer): void {
    const setCookie = headers['set-cookie']
    if (setCookie) (cookies ??= createCookieJar()).take(setCookie, now())
  }

  function remembered({ events, said }: { readonly events: AgentEvent[]; readonly said: readonly string[] }): AgentEvent[] {
    for (const content of said) history.push({ role: 'assistant', content })
    return events
  }
}
