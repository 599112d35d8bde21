import type { PipecatConnection } from '../../../../../domain/connection.js'
import type { Dial } from '../../../../../ports/line.js'
import { loadResampler } from '../../../../audio/resample.js'
import type { CallNames } from '../../../headers.js'
import { headersOf, socketAddress } from '../address.js'
import { dialPatiently } from '../dial-patiently.js'
import type { LineUse } from '../line-use.js'
import { openSocketLine, type Wire, type WireUse } from '../socket-line.js'
import { pipecatWire } from './pipecat-wire.js'

/**
 * A line to a bot of Pipecat over its plain WebSocket, with the protobuf serializer: 16 kHz to the bot, and what it speaks at back.
 *
 * @see https://docs.pipecat.ai/server/services/transport/websocket-server
 */
export function pipecatLine({ url, headers }: PipecatConnection, call: CallNames, use: LineUse): Dial {
  const { clock } = use
  const all = headersOf(call, {}, headers)
  return async (hear, signal) => {
    const address = socketAddress(new URL(url), { headers: all }, use)
    const resampler = await loadResampler()
    const wire = (wireUse: WireUse): Wire => pipecatWire(resampler, wireUse, address.place)
    return dialPatiently(() => openSocketLine({ address, clock, hear, signal, wire }), { clock, signal, tries: 1 })
  }
}
