import type { Call, Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { placeOf } from './faults.js'
import type { Dialect } from './http/ask-by-request.js'
import { compileReply, type ReplyReader } from './http/compile-reply.js'
import { compileRequest, placeholdersOf, type Compose } from './http/compile-request.js'
import { createCookieJar, type CookieJar } from './http/cookie-jar.js'
import { requestChannel } from './http/request-channel.js'
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
  return requestChannel({ ...connection, url, place }, use, call => httpDialect(call, compose(call), openReader(), () => use.clock.date()))
}

/** The dialect of one conversation: its history, cookies and captured values. */
function httpDialect(call: Call, compose: Compose, reader: ReplyReader, now: () => Date): Dialect {
  const history: HistoryMessage[] = []
  const captured: Record<string, unknown> = {}
  let cookies: CookieJar | undefined
  return {
    request: words => {
      const request = compose({ call, message: words, history, captured }, cookies)
      history.push({ role: 'user', content: words })
      return request
    },
    pointers: reader.pointers,
    read: (json, answer, atS) => {
      const setCookie = answer.headers['set-cookie']
      if (setCookie) (cookies ??= createCookieJar()).take(setCookie, now())
      const { events, said } = reader.read(json, captured, atS)
      for (const content of said) history.push({ role: 'assistant', content })
      return events
    },
  }
}
