import { openSocket } from '../websocket/socket.js'
import { textFrames } from '../websocket/text-frames.js'
import { refuseForbidden } from '../egress.js'
import { placeOf } from '../faults.js'
import type { MakeDialect } from '../framed/dialect.js'
import { framedChannel } from '../framed/framed-channel.js'
import { callHeaders, checkHeaderNames, headerValue, mergeHeaders, variableHeaders } from '../headers.js'
import { routeTo } from '../proxy/route.js'
import type { Call, Channel, ChannelUse } from '../../../ports/channel.js'

/** An agent whose provider relays the text of a call over a WebSocket. */
export interface RelayAgent {
  readonly headers: Readonly<Record<string, string>>
  readonly waitsIfLimited: boolean
  /** Where a call goes. */
  urlOf(call: Call): URL
  dialect(call: Call): MakeDialect
}

/** One connection per conversation, in the messages of a provider. */
export function relayChannel({ headers, waitsIfLimited, urlOf, dialect }: RelayAgent, place: URL, use: ChannelUse): Channel {
  const { clock, egress, mask } = use
  checkHeaderNames(headers)
  const configured = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerValue(value)]))
  const name = placeOf(place, mask)
  const route = routeTo(place, use)
  return framedChannel({
    place: name,
    parting: { quietMs: 100, longestMs: 1_000 },
    clock,
    waitsIfLimited,
    dialect,
    connect: call => {
      const url = urlOf(call)
      const all = Object.fromEntries(mergeHeaders(callHeaders(call), configured, variableHeaders(call)))
      return on => {
        refuseForbidden(url, egress, name)
        return openSocket({ url, headers: all, place: name, route, protocols: [] }, clock, textFrames(name, on))
      }
    },
  })
}
