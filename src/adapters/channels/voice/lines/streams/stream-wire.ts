import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { replyFaults } from '../../../../../domain/faults/reply-faults.js'
import { isRecord, parseJson } from '../../../../../domain/json-value.js'
import type { Place } from '../../../../../domain/place.js'
import type { SocketMessage } from '../../../websocket/socket.js'
import { notMessage, readJsonMessage, type JsonMessage } from '../json-message.js'
import type { Wire, WireUse } from '../socket-line.js'
import type { Coding } from './coding.js'

/** How one provider of telephony names the messages of its media streams, for one stream. */
export interface StreamDialect {
  /** Whose streams they are, for messages. */
  readonly provider: string
  /** Samples a second. */
  readonly rate: number
  readonly coding: Coding
  /** The key of the stream's id in messages, the id, and which of the agent's messages the provider ignores without it. */
  readonly id: { readonly key: string; readonly value: string; readonly neededBy: readonly string[] }
  /** The messages that begin the stream, in order. */
  begin(): readonly object[]
  /** 20 ms of sound. @param nth  From 1. @param payload  Base64. */
  media(nth: number, payload: string): string
  key(digit: string): object
  reached(mark: string): object
  /** What the agent asked to be dropped is dropped. Default: nothing is said. */
  cleared?(): object
  /** Default: the socket closes, and nothing is said. */
  end?(): object
  /** Whether the provider takes sound in pieces of this size. Default: of any. */
  isWhole?(bytes: Buffer): boolean
  /** What a message of the agent means; nothing if the provider does not know it. */
  read(message: JsonMessage): AgentMessage | undefined
  /** The stream is over. */
  free?(): void
}

/** Not checked yet. */
export type AgentMessage =
  | { readonly type: 'media'; readonly payload: unknown; readonly read?: ReadSound }
  | { readonly type: 'mark'; readonly name: unknown }
  | { readonly type: 'clear' }

/** Reads sound that is not coded as ours; `undefined` if it is not what it is said to be. */
export type ReadSound = (bytes: Buffer) => Int16Array | undefined

/** How many marks may wait to be reached. */
const mostMarks = 5_000
const longestMark = 1_000

/** What a warning is about; it comes once. */
type Concern = 'no id' | 'wav' | 'odd size' | `event ${string}`

/** The messages of a bidirectional media stream: JSON both ways, with sound in base64. */
export function streamWire(dialect: StreamDialect, { send, hear }: WireUse, place: Place): Wire {
  const { provider, coding, id } = dialect
  let frames = 0
  let marks = 0
  const warned = new Set<Concern>()
  const tell = (message: object): void => send(JSON.stringify(message))

  return {
    rate: dialect.rate,
    begin: () => dialect.begin().forEach(tell),
    send(frame) {
      frames += 1
      send(dialect.media(frames, coding.encode(frame).toString('base64')))
    },
    press: keys => keys.split('').forEach(digit => tell(dialect.key(digit))),
    reached(mark) {
      marks -= 1
      tell(dialect.reached(mark))
    },
    received: message => read(readMessage(message, place)),
    ...(dialect.end && { end: () => tell(dialect.end!()) }),
    ...(dialect.free && { over: () => dialect.free!() }),
    droppedAtOnce: fault =>
      fault && fault.status === undefined ? lineFaults.droppedAtOnce({ place, kind: `${provider} media stream` }) : undefined,
  }

  function read(message: JsonMessage): void {
    const { name, fields, text } = message
    const own = fields[id.key]
    if (own !== undefined && own !== id.value) throw notMessage(`its ${id.key} is not that of this stream, ${id.value}`, text, place)
    const said = dialect.read(message)
    if (!said) return warn(`event ${name.slice(0, 40)}`, message)
    if (own === undefined && id.neededBy.includes(name)) warn('no id', message)
    if (said.type === 'media') return hearSound(message, said)
    if (said.type === 'clear') {
      hear({ type: 'clear' })
      if (dialect.cleared) tell(dialect.cleared())
      return
    }
    if (typeof said.name !== 'string') throw notMessage('the name of its mark is not text', text, place)
    if (said.name.length > longestMark) throw notMessage(`the name of its mark has more than ${longestMark} characters`, text, place)
    marks += 1
    if (marks > mostMarks) throw new FaultError(lineFaults.tooManyMarks({ place, most: mostMarks }))
    hear({ type: 'mark', name: said.name })
  }

  function hearSound(message: JsonMessage, { payload, read: readOwn }: Extract<AgentMessage, { type: 'media' }>): void {
    if (typeof payload !== 'string') throw notMessage('its payload is not text', message.text, place)
    const bytes = Buffer.from(payload, 'base64')
    if (bytes.length !== bytesIn(payload)) throw notMessage('its payload is not base64', message.text, place)
    if (dialect.isWhole && !dialect.isWhole(bytes)) warn('odd size', message)
    if (!readOwn && bytes.toString('latin1', 0, 4) === 'RIFF') warn('wav', message)
    const samples = readOwn ? readOwn(bytes) : coding.decode(bytes)
    if (!samples) throw notMessage('its payload is not the sound that it says', message.text, place)
    if (samples.length > 0) hear({ type: 'sound', samples })
  }

  function warn(concern: Concern, { name }: JsonMessage): void {
    // What the agent calls its messages is its own: a few of them are enough.
    if (warned.has(concern) || warned.size > 10) return
    warned.add(concern)
    hear({ type: 'warned', warning: `${place.name} sent ${wordingOf(concern, place.quote(name, 40), dialect)}` })
  }
}

function wordingOf(concern: Concern, name: string, { provider, id, coding }: StreamDialect): string {
  switch (concern) {
    case 'no id':
      return `${name} without a ${id.key}, which ${provider} does not play. Send the ${id.key} of start.`
    case 'wav':
      return `sound with the header of a WAV file, which is heard as a click. Send ${coding.name} alone.`
    case 'odd size':
      return `sound in pieces that ${provider} does not take. Send multiples of 320 bytes.`
    default:
      return `an event "${name}", which ${provider} does not know. It was passed over.`
  }
}

/** How many bytes a text of base64 stands for; -1 for a length that none has. */
function bytesIn(base64: string): number {
  const digits = base64.length - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)
  return digits % 4 === 1 ? -1 : Math.floor((digits * 3) / 4)
}

/** Reads JSON in a text message; some frameworks send their JSON as bytes. */
function readMessage({ bytes, isBinary }: SocketMessage, place: Place): JsonMessage {
  if (isBinary && !isRecord(parseJson(bytes.toString()))) throw new FaultError(replyFaults.binaryFrame({ place }))
  return readJsonMessage(bytes, 'event', place)
}
