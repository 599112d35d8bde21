import type { Channel, ChannelFactory } from '../../ports/channel.js'
import type { ConnectionOf } from '../../domain/connection.js'
import { connectionOf } from './connection-of.js'
import { placeOf } from './faults.js'
import { authorizationIn, checkHeaderNames, headerValue, mergeHeaders, variableHeaders } from './headers.js'
import { requestChannel } from './http/request-channel.js'
import { chatDialect } from './openai/chat-dialect.js'

/**
 * Chat completions: each turn sends the whole conversation, and the first choice is the answer.
 *
 * Mock tools are offered beside the connection's own tools. The channel answers their calls at once, and the agent
 * continues until it is done with the caller's words, all within one turn. Calls of the connection's own tools are
 * reported, not run. The API requires a result for each call before the next turn, so each gets an empty one. If the
 * agent only called such tools and said nothing, its turn is over and the caller speaks next.
 */
export const openaiChannel: ChannelFactory = (agent, use): Channel => {
  const connection = connectionOf(agent, 'openai')
  if (connection.parameters && 'stream' in connection.parameters) {
    throw new Error('connection.parameters.stream: use stream: sse of the connection instead.')
  }
  const url = completionsUrl(connection.baseUrl)
  const path = url.pathname + url.search
  const place = placeOf(url, use.mask)
  const configured = configuredHeaders(connection, url)
  return requestChannel({ ...connection, url, place }, use, call => {
    const headers = mergeHeaders(configured, variableHeaders(call)).flat()
    return chatDialect(connection, { path, headers, place }, call)
  })
}

function completionsUrl(base: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`
  return url
}

function configuredHeaders(connection: ConnectionOf<'openai'>, url: URL): Record<string, string> {
  const configured = connection.headers ?? {}
  checkHeaderNames(configured)
  const defaults = {
    'accept': connection.stream ? 'text/event-stream' : 'application/json',
    'content-type': 'application/json',
    ...authorizationIn(url),
    ...(connection.apiKey && { authorization: `Bearer ${connection.apiKey}` }),
  }
  const headers = mergeHeaders(defaults, configured)
  return Object.fromEntries(headers.map(([name, value]) => [name, headerValue(value)]))
}
