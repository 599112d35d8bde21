import type { MediaStreamConnection } from '../../../../../domain/connection.js'
import type { Place } from '../../../../../domain/place.js'
import type { Dial, Line, LineEvent } from '../../../../../ports/line.js'
import { loadResampler } from '../../../../audio/resample.js'
import type { CallNames } from '../../../headers.js'
import { headersOf, socketAddress } from '../address.js'
import { dialPatiently } from '../dial-patiently.js'
import type { LineUse } from '../line-use.js'
import { openSocketLine, type Wire, type WireUse } from '../socket-line.js'
import { plivoRest } from '../rest/plivo-rest.js'
import type { RestApi } from '../rest/rest-api.js'
import { asksForRest, withRestUrl } from '../rest/rest-url.js'
import { telnyxRest } from '../rest/telnyx-rest.js'
import { vonageRest } from '../rest/vonage-rest.js'
import { usualFrom, usualTo } from '../numbers.js'
import { sidsOf } from '../sids.js'
import { exotelDialect } from './exotel.js'
import type { MediaStream } from './media-stream.js'
import { plivoDialect } from './plivo.js'
import { streamWire } from './stream-wire.js'
import { telnyxDialect } from './telnyx.js'
import { vonageWire } from './vonage.js'

type MakeWire = (use: WireUse, place: Place) => Wire

/** The REST interfaces that agents may hang up by. Exotel has none for a call in progress. */
const restApis = { telnyx: telnyxRest, plivo: plivoRest, vonage: vonageRest, exotel: undefined }

/**
 * A line over a media stream of Telnyx, Plivo, Exotel or Vonage, which connects to the agent at once. If a header or parameter has
 * `<rest_url>` in it, the provider's REST interface is served on loopback, and this is its address.
 */
export function mediaStreamLine(connection: MediaStreamConnection, call: CallNames, use: LineUse): Dial {
  const { clock } = use
  const api = asksForRest(connection) ? restApis[connection.provider] : undefined
  return (hear, signal) =>
    dialPatiently(() => (api ? served(api, hear, signal) : open(connection, hear, signal)), { clock, signal, tries: 1 })

  async function served(rest: RestApi, hear: (event: LineEvent) => void, signal: AbortSignal): Promise<Line> {
    const sids = sidsOf(call, undefined)
    const { from = usualFrom, to = usualTo } = connection
    const over = new AbortController()
    const { url, remove } = await use.calls.serve({
      api: rest,
      id: sids.call,
      account: sids.account,
      from,
      to,
      complete: () => over.abort(),
    })
    signal.addEventListener('abort', remove, { once: true })
    const heard = (event: LineEvent): void => {
      if (event.type === 'ended' || event.type === 'broke') remove()
      hear(event)
    }
    try {
      const line = await open(withRestUrl(connection, url, sids.call), heard, signal, over.signal)
      return { ...line, hangUp: () => (remove(), line.hangUp()) }
    } catch (cause) {
      remove()
      throw cause
    }
  }

  /** @param over  Aborts when the agent ends the call by other means than the stream. */
  async function open(
    told: MediaStreamConnection,
    hear: (event: LineEvent) => void,
    signal: AbortSignal,
    over?: AbortSignal,
  ): Promise<Line> {
    const { provider, url, from = usualFrom, to = usualTo, parameters = {} } = told
    const sids = sidsOf(call, undefined)
    const stream = { stream: sids.stream(0), account: sids.account, call: sids.call, from, to, parameters }
    const address = socketAddress(new URL(url), { headers: headersOf(call, {}, told.headers) }, use)
    const make = await wireOf(provider, stream)
    const wire = (wireUse: WireUse): Wire => {
      const made = make(wireUse, address.place)
      over?.addEventListener('abort', () => {
        made.end?.()
        wireUse.hear({ type: 'ended' })
      })
      return made
    }
    return openSocketLine({ address, clock, hear, signal, wire })
  }
}

async function wireOf(provider: MediaStreamConnection['provider'], stream: MediaStream): Promise<MakeWire> {
  switch (provider) {
    case 'telnyx':
      return (use, place) => streamWire(telnyxDialect(stream), use, place)
    case 'exotel':
      return (use, place) => streamWire(exotelDialect(stream), use, place)
    case 'plivo': {
      // Its agents may play sound of other rates.
      const resampler = await loadResampler()
      return (use, place) => streamWire(plivoDialect(stream, resampler), use, place)
    }
    case 'vonage':
      return (use, place) => vonageWire(stream, use, place)
  }
}
