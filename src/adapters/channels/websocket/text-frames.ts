import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { parseJson } from '../../../domain/json-value.js'
import type { Place } from '../../../domain/place.js'
import type { TransportEvents } from '../framed/transport.js'
import type { SocketMessage } from './socket.js'

/** Takes each text message for a frame, and each binary one with JSON. */
export function textFrames(place: Place, on: TransportEvents): TransportEvents<SocketMessage> {
  return {
    ...on,
    received({ bytes, isBinary }) {
      const text = bytes.toString()
      // Some frameworks send their JSON as bytes.
      if (isBinary && parseJson(text) === undefined) on.failed(replyFaults.binaryFrame({ place }))
      else on.received(text)
    },
  }
}
