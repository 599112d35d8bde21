import { FaultError } from '../../../../../domain/fault.js'
import { isRecord } from '../../../../../domain/json-value.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import type { Place } from '../../../../../domain/place.js'
import { BinarySound } from '../binary-sound.js'
import { notMessage, readJsonMessage } from '../json-message.js'
import { bytesOf } from '../pcm.js'
import type { Wire, WireUse } from '../socket-line.js'
import type { MediaStream } from './media-stream.js'

/** The longest payload of a notify: it comes back. */
const mostCharacters = 10_000
/** How many may wait to come back. */
const mostMarks = 1_000

/**
 * Vonage's WebSocket: sound both ways in binary messages (16 kHz, 16-bit, the low byte first), events of ours and actions of the agent in
 * text messages. `notify` is its mark.
 *
 * @see https://developer.vonage.com/en/voice/voice-api/concepts/websockets
 */
export function vonageWire({ parameters }: Pick<MediaStream, 'parameters'>, { send, hear }: WireUse, place: Place): Wire {
  const sound = new BinarySound(hear, place)
  const warned = new Set<string>()
  let marks = 0
  const tell = (event: string, fields: object = {}): void => send(JSON.stringify({ event: `websocket:${event}`, ...fields }))
  return {
    rate: 16_000,
    begin: () => tell('connected', { 'content-type': 'audio/l16;rate=16000', ...parameters }),
    send: frame => send(bytesOf(frame)),
    press: keys => keys.split('').forEach(digit => tell('dtmf', { digit, duration: 260 })),
    reached(mark) {
      marks -= 1
      tell('notify', { payload: JSON.parse(mark) as unknown })
    },
    received({ bytes, isBinary }) {
      if (isBinary) sound.read(bytes)
      else read(bytes)
    },
    droppedAtOnce: fault =>
      fault && fault.status === undefined ? lineFaults.droppedAtOnce({ place, kind: 'Vonage WebSocket' }) : undefined,
  }

  function read(bytes: Buffer): void {
    const { name, fields, text } = readJsonMessage(bytes, 'action', place)
    switch (name) {
      case 'clear':
        hear({ type: 'clear' })
        return tell('cleared')
      case 'notify':
        return notify(JSON.stringify(isRecord(fields['payload']) ? fields['payload'] : {}), text)
      default:
        warn(name)
    }
  }

  function notify(payload: string, text: string): void {
    if (payload.length > mostCharacters) throw notMessage(`its payload has more than ${mostCharacters} characters`, text, place)
    marks += 1
    if (marks > mostMarks) throw new FaultError(lineFaults.tooManyMarks({ place, most: mostMarks }))
    hear({ type: 'mark', name: payload })
  }

  function warn(action: string): void {
    if (warned.has(action) || warned.size === 10) return
    warned.add(action)
    hear({
      type: 'warned',
      warning: `${place.name} sent an action "${place.quote(action, 40)}", which Vonage does not know. It was passed over.`,
    })
  }
}
