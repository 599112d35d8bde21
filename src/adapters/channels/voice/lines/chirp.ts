import type { ChirpConnection } from '../../../../domain/connection.js'
import { FaultError } from '../../../../domain/fault.js'
import { lineFaults } from '../../../../domain/faults/line-faults.js'
import { isRecord } from '../../../../domain/json-value.js'
import type { Place } from '../../../../domain/place.js'
import type { Clock } from '../../../../ports/clock.js'
import type { Dial } from '../../../../ports/line.js'
import type { CallNames } from '../../headers.js'
import { headersOf, socketAddress } from './address.js'
import { BinarySound } from './binary-sound.js'
import { dialPatiently } from './dial-patiently.js'
import { readJsonMessage } from './json-message.js'
import type { LineUse } from './line-use.js'
import { bytesOf } from './pcm.js'
import { openSocketLine, type Wire, type WireUse } from './socket-line.js'

/** How often an agent that cannot be reached is tried. */
const tries = 3

/**
 * A line over CHIRP: sound both ways in binary messages (16 kHz, mono, s16le), 640 bytes each of ours and any number of the agent's; and
 * `{ type, id, ts_ms, data }` in text messages: `speech.started` and `speech.completed` with an `utterance_id`, and `session.error` with
 * `code` and `message`.
 *
 * @see https://rasa.com/docs/reference/channels/chirp
 */
export function chirpLine({ url, username, password, headers, protocols }: ChirpConnection, call: CallNames, use: LineUse): Dial {
  const { clock } = use
  const all = headersOf(call, basic(username, password), headers)
  return async (hear, signal) => {
    const address = socketAddress(new URL(url), { headers: all, protocols }, use)
    const wire = (lineUse: WireUse): Wire => chirpWire(lineUse, address.place, clock)
    return dialPatiently(() => openSocketLine({ address, clock, hear, signal, wire }), { clock, signal, tries })
  }
}

function basic(username: string | undefined, password: string | undefined): { Authorization?: string } {
  if (username === undefined && password === undefined) return {}
  return { Authorization: `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}` }
}

function chirpWire({ send, hear }: WireUse, place: Place, clock: Clock): Wire {
  let sent = 0
  let utterances = 0
  let isSpeaking = false
  let hasWarned = false
  const sound = new BinarySound(hear, place)

  return {
    rate: 16_000,
    send: frame => send(bytesOf(frame)),
    speech,
    received({ bytes, isBinary }) {
      if (isBinary) sound.read(bytes)
      else hearMessage(bytes)
    },
    end() {
      if (isSpeaking) speech('ends')
    },
    // With 1008 and 1011 it says why.
    droppedAtOnce: fault => (fault?.status === 1008 || fault?.status === 1011 ? undefined : lineFaults.closedAtOnce({ place })),
  }

  function speech(is: 'begins' | 'ends'): void {
    isSpeaking = is === 'begins'
    if (isSpeaking) utterances += 1
    sent += 1
    send(
      JSON.stringify({
        type: isSpeaking ? 'speech.started' : 'speech.completed',
        id: `m${sent}`,
        ts_ms: clock.date().getTime(),
        data: { utterance_id: `u${utterances}` },
      }),
    )
  }

  function hearMessage(bytes: Buffer): void {
    const { name, fields } = readJsonMessage(bytes, 'type', place)
    if (name === 'speech.started') hear({ type: 'speech', is: 'begins' })
    if (name === 'speech.completed') hear({ type: 'speech', is: 'ends' })
    if (!/^(?:session|speech)\./.test(name)) warn(name)
    if (name === 'session.error') {
      const { code, message } = isRecord(fields['data']) ? fields['data'] : fields
      throw new FaultError(lineFaults.sessionError({ place, error: [code, message].filter(isPlain).join(': ') }))
    }
  }

  function warn(name: string): void {
    if (hasWarned) return
    hasWarned = true
    const shown = place.quote(name, 40)
    hear({ type: 'warned', warning: `${place.name} sent a message "${shown}", which CHIRP does not have. Send sound in binary messages.` })
  }
}

function isPlain(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}
