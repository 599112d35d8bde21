import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { parseJson } from '../../../../../domain/json-value.js'
import type { Place } from '../../../../../domain/place.js'
import type { MakeResampler } from '../../../../audio/resample.js'
import { bytesOf } from '../pcm.js'
import type { Wire, WireUse } from '../socket-line.js'
import { BotSound, pipecatRate } from './bot-sound.js'
import { audioFrameOf, messageFrameOf, readFrame } from './frames.js'
import { clientReady, readRtvi, RtviEars } from './rtvi.js'

/** Frames of Pipecat's protobuf serializer, and its RTVI messages in them. */
export function pipecatWire(resampler: MakeResampler, { send, hear }: WireUse, place: Place): Wire {
  const sound = new BotSound(resampler, hear, place)
  const ears = new RtviEars(hear, place)

  return {
    rate: pipecatRate,
    begin: () => send(messageFrameOf(clientReady)),
    send: frame => send(audioFrameOf(bytesOf(frame), pipecatRate)),
    received({ bytes, isBinary }) {
      const frame = isBinary ? readFrame(bytes) : undefined
      if (!frame) throw new FaultError(lineFaults.notPipecat({ place, text: bytes.toString('latin1', 0, 80) }))
      if (frame.kind === 'audio') sound.read(frame.audio, frame.rate, frame.channels)
      const message = frame.kind === 'message' ? readRtvi(parseJson(frame.data)) : undefined
      if (message) ears.read(message.type, message.data)
    },
    over: () => sound.free(),
    droppedAtOnce: fault =>
      fault && fault.status === undefined ? lineFaults.droppedAtOnce({ place, kind: 'WebSocket of Pipecat' }) : undefined,
  }
}
