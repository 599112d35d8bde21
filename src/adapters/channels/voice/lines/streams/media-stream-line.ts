import type { ConnectionOf } from '../../../../../domain/connection.js'
import type { Place } from '../../../../../domain/place.js'
import type { Dial } from '../../../../../ports/line.js'
import { loadResampler } from '../../../../audio/resample.js'
import type { CallNames } from '../../../headers.js'
import { headersOf, socketAddress } from '../address.js'
import { dialPatiently } from '../dial-patiently.js'
import type { LineUse } from '../line-use.js'
import { openSocketLine, type Wire, type WireUse } from '../socket-line.js'
import { usualFrom, usualTo } from '../numbers.js'
import { sidsOf } from '../sids.js'
import { exotelDialect } from './exotel.js'
import type { MediaStream } from './media-stream.js'
import { plivoDialect } from './plivo.js'
import { streamWire } from './stream-wire.js'
import { telnyxDialect } from './telnyx.js'
import { vonageWire } from './vonage.js'

type MakeWire = (use: WireUse, place: Place) => Wire

/** A line over a media stream of Telnyx, Plivo, Exotel or Vonage, which connects to the agent at once. */
export function mediaStreamLine(connection: ConnectionOf<'media_stream'>, call: CallNames, use: LineUse): Dial {
  const { provider, url, from = usualFrom, to = usualTo, parameters = {} } = connection
  const { clock } = use
  const sids = sidsOf(call, undefined)
  const stream = { stream: sids.stream(0), account: sids.account, call: sids.call, from, to, parameters }
  const headers = headersOf(call, {}, connection.headers)
  return async (hear, signal) => {
    const address = socketAddress(new URL(url), { headers }, use)
    const make = await wireOf(provider, stream)
    const wire = (wireUse: WireUse): Wire => make(wireUse, address.place)
    return dialPatiently(() => openSocketLine({ address, clock, hear, signal, wire }), { clock, signal, tries: 1 })
  }
}

async function wireOf(provider: ConnectionOf<'media_stream'>['provider'], stream: MediaStream): Promise<MakeWire> {
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
