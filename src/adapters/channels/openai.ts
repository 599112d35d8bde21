import type { Channel, ChannelFactory } from '../../ports/channel.js'
import type { ConnectionOf } from '../../domain/connection.js'
import { connectionOf } from './connection-of.js'
import { placeOf } from './faults.js'
import { authorizationIn, checkHeaderNames, headerValue, mergeHeaders, variableHeaders } from './headers.js'
import { requestChannel } from './http/request-channel.js'
import { chatDialect } from './openai/chat-dialect.js'

/**
 * Chat completions: each turn sends the whole conversation, and the first choice answers.
 *
 * Mock tools are offered beside the connection's own, and answered in line: the agent goes on until it is done with the
 * caller's words, all in one turn. Its other tools are reported, not run. The API asks for a result of each call before
 * the next turn, so each gets one that says nothing; where the agent called such tools alone and said nothing, its turn is
 * over, and the caller speaks next.
 */
export const openaiChannel: ChannelFactory = (agent, use): Channel => {
  const connection = connectionOf(agent, 'openai')
  if (connection.parameters && 'stream' in connection.parameters) {
    throw new Error('connection.parameters.stream: answers are read whole; leave it out.')
  }
  const url = completionsUrl(connection.baseUrl)
  const path = url.pathname + url.search
  const place = placeOf(url)
  const configured = configuredHeaders(connection, url)
  return requestChannel(url, place, use, call => {
    const headers = mergeHeaders(configured, variableHeaders(call)).flat()
    return chatDialect(connection, path, headers, place, call)
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
    'accept': 'application/json',
    'content-type': 'application/json',
    ...authorizationIn(url),
    ...(connection.apiKey && { authorization: `Bearer ${connection.apiKey}` }),
  }
  const headers = mergeHeaders(defaults, configured)
  return Object.fromEntries(headers.map(([name, value]) => [name, headerValue(value)]))
}
