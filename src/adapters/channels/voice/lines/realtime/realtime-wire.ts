import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { replyFaults } from '../../../../../domain/faults/reply-faults.js'
import { isRecord } from '../../../../../domain/json-value.js'
import type { Place } from '../../../../../domain/place.js'
import { notMessage, readJsonMessage, type JsonMessage } from '../json-message.js'
import { bytesOf, samplesOf } from '../pcm.js'
import type { Wire, WireUse } from '../socket-line.js'
import { audioAppend, itemTruncate, realtimeRate, responseCreate, sessionUpdate, type RealtimeSession } from './client-events.js'
import { PlayedItems } from './played-items.js'
import { SessionTools } from './session-tools.js'

/** How many different errors of a session are told. */
const mostErrors = 10

/** The events of a Realtime session, by the names that they have now and those that they had before. */
export function realtimeWire(connection: RealtimeSession, { send, hear }: WireUse, place: Place): Wire {
  const items = new PlayedItems(realtimeRate)
  const errors = new Set<string>()
  const understood: string[] = []
  const tell = (event: object): void => send(JSON.stringify(event))
  const tools = new SessionTools(connection.tools !== undefined, tell, hear)

  return {
    rate: realtimeRate,
    begin() {
      tell(sessionUpdate(connection))
      if (connection.greets) tell(responseCreate)
    },
    send(frame) {
      items.tick(frame.length)
      tell(audioAppend(bytesOf(frame).toString('base64')))
    },
    answerTool: (id, output) => tools.answer(id, output),
    received({ bytes, isBinary }) {
      if (isBinary) throw new FaultError(replyFaults.binaryFrame({ place }))
      read(readJsonMessage(bytes, 'type', place))
    },
    droppedAtOnce: fault =>
      fault && fault.status === undefined ? lineFaults.droppedAtOnce({ place, kind: 'Realtime session' }) : undefined,
  }

  function read(message: JsonMessage): void {
    const { name, fields } = message
    switch (name) {
      case 'response.output_audio.delta':
      case 'response.audio.delta':
        return hearSound(message)
      case 'response.output_audio_transcript.done':
      case 'response.audio_transcript.done':
        if (isText(fields['transcript'])) hear({ type: 'claimed', text: fields['transcript'] })
        return
      // The server takes it that it was interrupted, and stops by itself. What it sent ahead is ours to drop.
      case 'input_audio_buffer.speech_started': {
        const cut = items.drop()
        if (cut.length > 0) hear({ type: 'clear' })
        return cut.forEach(item => tell(itemTruncate(item)))
      }
      case 'conversation.item.input_audio_transcription.completed':
        return hearUnderstood(fields['transcript'])
      case 'response.output_item.done':
        return tools.itemDone(fields['item'])
      case 'conversation.item.created':
      case 'conversation.item.added':
        return tools.itemAdded(fields['item'])
      case 'response.created':
        return tools.responds(true)
      case 'response.done':
        tools.responds(false)
        return hearEnd(fields['response'])
      case 'error':
        return warn(fields['error'])
      default:
        return
    }
  }

  function hearSound({ fields, text }: JsonMessage): void {
    const { delta, item_id: id, content_index: index } = fields
    if (typeof delta !== 'string') throw notMessage('its delta is not text', text, place)
    const samples = samplesOf(Buffer.from(delta, 'base64'))
    if (samples.length === 0) return
    items.came(isText(id) ? id : '', typeof index === 'number' ? index : 0, samples.length)
    hear({ type: 'sound', samples })
  }

  /** What the agent took the caller's words for, so far. */
  function hearUnderstood(transcript: unknown): void {
    if (!isText(transcript)) return
    understood.push(transcript)
    hear({ type: 'metadata', data: { understood: [...understood] } })
  }

  function hearEnd(response: unknown): void {
    if (!isRecord(response) || response['status'] !== 'failed') return
    const details = isRecord(response['status_details']) ? response['status_details']['error'] : undefined
    throw new FaultError(lineFaults.sessionError({ place, error: wordingOf(details) }))
  }

  /** Most errors leave the session open. */
  function warn(error: unknown): void {
    const wording = wordingOf(error)
    if (errors.has(wording) || errors.size === mostErrors) return
    errors.add(wording)
    hear({ type: 'warned', warning: `${place.name} reported an error, "${place.quote(wording, 200)}".` })
  }
}

function wordingOf(error: unknown): string {
  const { code, type, message } = isRecord(error) ? error : {}
  return [code ?? type, message].filter(isText).join(': ') || 'no reason'
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
