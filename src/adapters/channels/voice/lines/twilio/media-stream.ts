import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { replyFaults } from '../../../../../domain/faults/reply-faults.js'
import { isRecord, parseJson } from '../../../../../domain/json-value.js'
import type { Place } from '../../../../../domain/place.js'
import { muLaw } from '../../../../audio/g711.js'
import type { SocketMessage } from '../../../websocket/socket.js'
import { notMessage, readJsonMessage, type JsonMessage } from '../json-message.js'
import type { Wire, WireUse } from '../socket-line.js'

/** One media stream of a call. */
export interface MediaStream {
  readonly stream: string
  readonly account: string
  readonly call: string
  readonly parameters: Readonly<Record<string, string>>
}

/** How many marks may wait to be reached. */
const mostMarks = 5_000

/** What the warnings of a stream are about; each comes once. */
type Concern = 'no_sid' | 'wav' | `event ${string}`

/**
 * The messages of a bidirectional Media Stream, as Twilio sends and reads them: `connected`, `start`, `media` each 20 ms (160 bytes of
 * mu-law), `dtmf`, `mark` when it is reached, `stop`; and of the agent `media` of any size, `mark`, `clear`.
 *
 * @see https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */
export function mediaStreamWire({ stream, account, call, parameters }: MediaStream, { send, hear }: WireUse, place: Place): Wire {
  let sequence = 0
  let chunk = 0
  let marks = 0
  const warned = new Set<Concern>()
  const payload = new Uint8Array(160)

  return {
    rate: 8_000,
    begin() {
      send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }))
      const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
      const start = {
        accountSid: account,
        streamSid: stream,
        callSid: call,
        tracks: ['inbound'],
        mediaFormat,
        customParameters: parameters,
      }
      tell('start', start)
    },
    send(frame) {
      const sound = Buffer.from(muLaw.encode(frame, payload).buffer).toString('base64')
      chunk += 1
      sequence += 1
      const media = `{"track":"inbound","chunk":"${chunk}","timestamp":"${(chunk - 1) * 20}","payload":"${sound}"}`
      send(`{"event":"media","sequenceNumber":"${sequence}","media":${media},"streamSid":"${stream}"}`)
    },
    press(keys) {
      for (const digit of keys) tell('dtmf', { track: 'inbound_track', digit })
    },
    reached(name) {
      marks -= 1
      tell('mark', { name })
    },
    received: message => read(readMessage(message, place)),
    end: () => tell('stop', { accountSid: account, callSid: call }),
    droppedAtOnce: fault =>
      fault && fault.status === undefined ? lineFaults.droppedAtOnce({ place, kind: 'Twilio media stream' }) : undefined,
  }

  function tell(event: string, fields: object): void {
    sequence += 1
    send(JSON.stringify({ event, sequenceNumber: String(sequence), [event]: fields, streamSid: stream }))
  }

  function read(message: JsonMessage): void {
    const { name, fields, text } = message
    const { streamSid } = fields
    if (streamSid !== undefined && streamSid !== stream)
      throw notMessage(`its streamSid is not that of this stream, ${stream}`, text, place)
    if (name !== 'media' && name !== 'mark' && name !== 'clear') return warn(`event ${name.slice(0, 40)}`, message)
    if (streamSid === undefined) warn('no_sid', message)
    if (name === 'clear') return hear({ type: 'clear' })
    const body = fields[name]
    if (name === 'media') return hearSound(message, isRecord(body) ? body['payload'] : undefined)
    const mark = isRecord(body) ? body['name'] : undefined
    if (typeof mark !== 'string') throw notMessage('mark.name is not text', text, place)
    marks += 1
    if (marks > mostMarks) throw new FaultError(lineFaults.tooManyMarks({ place, most: mostMarks }))
    hear({ type: 'mark', name: mark })
  }

  function hearSound(message: JsonMessage, sound: unknown): void {
    if (typeof sound !== 'string') throw notMessage('media.payload is not text', message.text, place)
    const bytes = Buffer.from(sound, 'base64')
    if (bytes.length !== bytesIn(sound)) throw notMessage('media.payload is not base64', message.text, place)
    if (bytes.toString('latin1', 0, 4) === 'RIFF') warn('wav', message)
    if (bytes.length > 0) hear({ type: 'sound', samples: muLaw.decode(bytes) })
  }

  function warn(concern: Concern, { name }: JsonMessage): void {
    // What the agent calls its messages is its own: a few of them are enough.
    if (warned.has(concern) || warned.size > 10) return
    warned.add(concern)
    hear({ type: 'warned', warning: `${place.name} sent ${wordingOf(concern, place.quote(name, 40))}` })
  }
}

function wordingOf(concern: Concern, name: string): string {
  switch (concern) {
    case 'no_sid':
      return `${name} without a streamSid, which Twilio does not play. Send the streamSid of start.`
    case 'wav':
      return 'sound with the header of a WAV file, which is heard as a click. Send mu-law alone.'
    default:
      return `an event "${name}", which Twilio does not know. It was passed over.`
  }
}

/** How many bytes a text of base64 stands for. */
function bytesIn(base64: string): number {
  const end = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  return Math.floor(((base64.length - end) * 3) / 4)
}

/** Reads JSON in a text message; some frameworks send their JSON as bytes. */
function readMessage({ bytes, isBinary }: SocketMessage, place: Place): JsonMessage {
  if (isBinary && !isRecord(parseJson(bytes.toString()))) throw new FaultError(replyFaults.binaryFrame({ place }))
  return readJsonMessage(bytes, 'event', place)
}
