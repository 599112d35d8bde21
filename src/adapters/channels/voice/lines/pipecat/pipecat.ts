import type { PipecatConnection, PipecatEvalConnection } from '../../../../../domain/connection.js'
import type { Dial } from '../../../../../ports/line.js'
import { loadResampler } from '../../../../audio/resample.js'
import type { CallNames } from '../../../headers.js'
import { headersOf, socketAddress } from '../address.js'
import { dialPatiently } from '../dial-patiently.js'
import type { LineUse } from '../line-use.js'
import { openSocketLine, type Wire, type WireUse } from '../socket-line.js'
import { evalAddress, evalWire } from './eval-wire.js'
import { pipecatWire } from './pipecat-wire.js'

/**
 * A line to a bot of Pipecat, 16 kHz to the bot, and what it speaks at back: over its plain WebSocket, with the protobuf serializer, or over
 * its evaluation channel.
 *
 * @see https://docs.pipecat.ai/server/services/transport/websocket-server
 */
export function pipecatLine(connection: PipecatConnection | PipecatEvalConnection, call: CallNames, use: LineUse): Dial {
  const { clock } = use
  const { type, url } = connection
  const headers = headersOf(call, {}, connection.headers)
  return async (hear, signal) => {
    const address = socketAddress(type === 'pipecat_eval' ? evalAddress(url) : new URL(url), { headers }, use)
    const resampler = await loadResampler()
    const wireOf = type === 'pipecat_eval' ? evalWire : pipecatWire
    const wire = (wireUse: WireUse): Wire => wireOf(resampler, wireUse, address.place)
    return dialPatiently(() => openSocketLine({ address, clock, hear, signal, wire }), { clock, signal, tries: 1 })
  }
}
