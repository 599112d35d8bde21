import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { replyFaults } from '../../../../../domain/faults/reply-faults.js'
import type { Place } from '../../../../../domain/place.js'
import type { MakeResampler } from '../../../../audio/resample.js'
import { notMessage, readJsonMessage } from '../json-message.js'
import { bytesOf } from '../pcm.js'
import type { Wire, WireUse } from '../socket-line.js'
import { BotSound, pipecatRate } from './bot-sound.js'
import { clientReady, readRtvi, rtviMessage, RtviEars } from './rtvi.js'

/** A bot builds its pipeline, and loads its models, once it is connected. Pipecat's own harness waits as long. */
const readyWithinMs = 60_000

/** What a connection asks of a bot: it speaks, and its sound is sent to us. Bots before 1.13 read it in the query, later ones here. */
const connect = rtviMessage('client-message', 'eval-connect', {
  t: 'eval-connect',
  d: { skip_tts: false, capture_bot_audio: true, capture_bot_images: false },
})

/** Asks for the tool calls with names, arguments and results. */
const configure = rtviMessage('client-message', 'eval-configure', {
  t: 'eval-configure',
  d: { function_call_report_level: { '*': 'full' } },
})

/** The address of a call to a bot's evaluation channel. */
export function evalAddress(url: string): URL {
  const address = new URL(url)
  address.searchParams.set('capture_bot_audio', 'true')
  return address
}

/** The messages of Pipecat's evaluation channel: RTVI, with sound in it. */
export function evalWire(resampler: MakeResampler, { send, hear, answered }: WireUse, place: Place): Wire {
  const sound = new BotSound(resampler, hear, place)
  const ears = new RtviEars(hear, place)
  let sent = 0
  const tell = (type: string, data: object): void => send(rtviMessage(type, String((sent += 1)), data))

  return {
    rate: pipecatRate,
    answersWithin: { ms: readyWithinMs, fault: lineFaults.botNotReady({ place, withinMs: readyWithinMs }) },
    begin() {
      send(connect)
      send(clientReady)
    },
    send: frame => tell('raw-audio', { base64Audio: bytesOf(frame).toString('base64'), sampleRate: pipecatRate, numChannels: 1 }),
    press: digits => tell('dtmf', { buttons: Array.from(digits) }),
    received({ bytes, isBinary }) {
      if (isBinary) throw new FaultError(replyFaults.binaryFrame({ place }))
      const message = readJsonMessage(bytes, 'type', place)
      const { type, data } = readRtvi(message.fields)!
      switch (type) {
        case 'bot-ready':
          send(configure)
          return answered()
        case 'eval-bot-audio': {
          const { audio, sampleRate: rate } = data
          if (typeof audio !== 'string' || typeof rate !== 'number')
            throw notMessage('it has no audio with a sampleRate', message.text, place)
          return sound.read(Buffer.from(audio, 'base64'), rate, 1)
        }
        case 'bot-interrupted':
          return hear({ type: 'clear' })
        default:
          return ears.read(type, data)
      }
    },
    over: () => sound.free(),
    droppedAtOnce: fault => (fault?.status === undefined ? lineFaults.droppedEvaluation({ place }) : undefined),
  }
}
