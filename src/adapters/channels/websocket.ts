import type { IncomingHttpHeaders } from 'node:http'
import type { Channel, ChannelFactory } from '../../ports/channel.js'
import { toldVersionHeader, toldVersionKey } from '../../domain/identity.js'
import type { ConnectionOf } from '../../domain/connection.js'
import { connectionOf } from './connection-of.js'
import { refuseForbidden } from './egress.js'
import { placeOf } from './faults.js'
import { framedChannel } from './framed/framed-channel.js'
import { compileIgnored } from './framed/ignored.js'
import { callHeaders, checkHeaderNames, headerValue, mergeHeaders, variableHeaders } from './headers.js'
import { routeTo } from './proxy/route.js'
import { openSocket } from './websocket/socket.js'
import { textFrames } from './websocket/text-frames.js'

/** One connection per conversation, with JSON text frames both ways; the agent can speak at any time. */
export const websocketChannel: ChannelFactory = (agent, use): Channel => {
  const { clock, egress, mask } = use
  const connection = connectionOf(agent, 'websocket')
  const url = new URL(connection.url)
  const headers = configuredHeaders(connection)
  const place = placeOf(url, mask)
  const route = routeTo(url, use)
  const { protocols = [], ignore = [] } = connection
  const isIgnored = compileIgnored(ignore)
  return framedChannel({
    place,
    parting: { quietMs: 100, longestMs: 1_000 },
    clock,
    waitsIfLimited: connection.rateLimited?.wait ?? true,
    connect: call => {
      const all = Object.fromEntries(mergeHeaders(callHeaders(call), headers, variableHeaders(call)))
      return on => {
        refuseForbidden(url, egress, place)
        const received = (frame: string): void => void (isIgnored(frame) || on.received(frame))
        // As an agent tells it in its metadata.
        const onHeaders = ({ [toldVersionHeader]: told }: IncomingHttpHeaders): void => {
          if (typeof told === 'string') on.received(JSON.stringify({ metadata: { [toldVersionKey]: told } }))
        }
        return openSocket({ url, headers: all, place, route, protocols, onHeaders }, clock, textFrames(place, { ...on, received }))
      }
    },
  })
}

function configuredHeaders({ headers = {}, secret }: ConnectionOf<'websocket'>): Record<string, string> {
  checkHeaderNames(headers)
  const all = { ...(secret && { 'X-VOCERA-SECRET': secret }), ...headers }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, headerValue(value)]))
}
