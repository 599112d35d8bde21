import type { OpenAiRealtimeConnection } from '../../../../../domain/connection.js'
import type { Dial } from '../../../../../ports/line.js'
import type { CallNames } from '../../../headers.js'
import { headersOf, socketAddress } from '../address.js'
import { dialPatiently } from '../dial-patiently.js'
import type { LineUse } from '../line-use.js'
import { openSocketLine, type Wire, type WireUse } from '../socket-line.js'
import type { RealtimeSession } from './client-events.js'
import { realtimeWire } from './realtime-wire.js'

/**
 * A line to an agent that speaks OpenAI's Realtime protocol over a WebSocket: OpenAI's own models, those of Azure, xAI and others, and servers
 * of the user's. 24 kHz both ways.
 *
 * @see https://platform.openai.com/docs/guides/realtime-websocket
 */
export function openAiRealtimeLine(connection: RealtimeSession, call: CallNames, use: LineUse): Dial {
  const { clock } = use
  const { apiKey } = connection
  const headers = headersOf(call, apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }, connection.headers)
  return async (hear, signal) => {
    const address = socketAddress(realtimeUrl(connection), { headers }, use)
    const wire = (wireUse: WireUse): Wire => realtimeWire(connection, wireUse, address.place)
    return dialPatiently(() => openSocketLine({ address, clock, hear, signal, wire }), { clock, signal, tries: 1 })
  }
}

/** A model that the suite names is named in the address, unless that names one. */
function realtimeUrl({ url, model }: OpenAiRealtimeConnection): URL {
  const address = new URL(url)
  if (model !== undefined && !address.searchParams.has('model')) address.searchParams.set('model', model)
  return address
}
