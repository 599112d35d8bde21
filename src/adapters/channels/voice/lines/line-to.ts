import type { MessagePort } from 'node:worker_threads'
import type { ConnectionOf } from '../../../../domain/connection.js'
import type { Dial } from '../../../../ports/line.js'
import type { CallNames } from '../../headers.js'
import { chirpLine } from './chirp.js'
import type { LineUse } from './line-use.js'
import { pipecatLine } from './pipecat/pipecat.js'
import type { RealtimeSession } from './realtime/client-events.js'
import { openAiRealtimeLine } from './realtime/openai-realtime.js'
import { mediaStreamLine } from './streams/media-stream-line.js'
import { sipLine } from './sip/sip-line.js'
import { twilioStreamLine } from './twilio/twilio-stream.js'

/** The connections that are lines. */
export type LineConnection =
  | ConnectionOf<'chirp' | 'twilio_stream' | 'media_stream' | 'pipecat' | 'pipecat_eval'>
  | RealtimeSession
  | TelephoneLine

/** A telephone call that another thread signals for. */
export interface TelephoneLine {
  readonly type: 'sip'
  /** The agent's address, for faults. */
  readonly name: string
  /** What both threads talk over: it goes along. */
  readonly signalling: MessagePort
}

/** The line of one call, by its connection. Both are plain data, so that a media worker can be told. */
export function lineTo(connection: LineConnection, call: CallNames, use: LineUse): Dial {
  switch (connection.type) {
    case 'chirp':
      return chirpLine(connection, call, use)
    case 'twilio_stream':
      return twilioStreamLine(connection, call, use)
    case 'media_stream':
      return mediaStreamLine(connection, call, use)
    case 'openai_realtime':
      return openAiRealtimeLine(connection, call, use)
    case 'pipecat':
    case 'pipecat_eval':
      return pipecatLine(connection, call, use)
    case 'sip':
      return sipLine(connection.signalling, connection.name, use)
  }
}
