import { isRecord } from '../../../../../domain/json-value.js'
import type { Place } from '../../../../../domain/place.js'
import type { LineEvent } from '../../../../../ports/line.js'

const label = 'rtvi-ai'

/** A message of RTVI, Pipecat's protocol between clients and bots, as JSON. */
export function rtviMessage(type: string, id: string, data: object): string {
  return JSON.stringify({ id, label, type, data })
}

/** What a client says first, so that a bot that waits for one begins. Bots of every version know the first version of RTVI. */
export const clientReady = rtviMessage('client-ready', 'ready', { version: '1.0.0', about: { library: 'callsheet' } })

/** Hears the RTVI messages of a bot in one call: what it says that it said, what it understood, its tool calls and its errors. */
export class RtviEars {
  readonly #hear: (event: LineEvent) => void
  readonly #place: Place
  readonly #understood: string[] = []
  #saysUserInput = false
  #hasWarned = false

  constructor(hear: (event: LineEvent) => void, place: Place) {
    this.#hear = hear
    this.#place = place
  }

  /** @param type  Of the message. @param data  Its content, as it came. */
  read(type: unknown, data: Readonly<Record<string, unknown>>): void {
    const { text } = data
    switch (type) {
      case 'bot-transcription':
        if (isText(text)) this.#hear({ type: 'claimed', text })
        return
      // RTVI 2.2 says user-input for user-transcription, and for a while bots send both.
      case 'user-input':
        this.#saysUserInput = true
        return this.#hearUnderstood(data)
      case 'user-transcription':
        if (!this.#saysUserInput) this.#hearUnderstood(data)
        return
      case 'llm-function-call-in-progress':
        return this.#hearCall(data)
      case 'llm-function-call-stopped':
        return this.#hearResult(data)
      case 'error':
      case 'error-response':
        return this.#warn(data['error'])
    }
  }

  #hearUnderstood({ text, final, input_type: kind }: Readonly<Record<string, unknown>>): void {
    if (!isText(text) || final === false || kind === 'chat') return
    this.#understood.push(text)
    this.#hear({ type: 'metadata', data: { understood: [...this.#understood] } })
  }

  /** Without a name if the bot does not report it, as bots do that nobody asked to. */
  #hearCall({ tool_call_id: id, function_name: name, arguments: args }: Readonly<Record<string, unknown>>): void {
    if (isText(name)) this.#hear({ type: 'tool_called', name, arguments: args ?? {}, ...(isText(id) && { id }) })
  }

  #hearResult({ tool_call_id: id, function_name: name, cancelled, result }: Readonly<Record<string, unknown>>): void {
    if (cancelled === true || !isText(id) || !isText(name)) return
    this.#hear({ type: 'tool_returned', id, name, result: result ?? null })
  }

  #warn(error: unknown): void {
    if (this.#hasWarned || !isText(error)) return
    this.#hasWarned = true
    this.#hear({ type: 'warned', warning: `${this.#place.name} reported an error, "${this.#place.quote(error, 200)}".` })
  }
}

/** The type and the content of what may be a message of RTVI. */
export function readRtvi(message: unknown): { readonly type: unknown; readonly data: Readonly<Record<string, unknown>> } | undefined {
  if (!isRecord(message)) return undefined
  return { type: message['type'], data: isRecord(message['data']) ? message['data'] : {} }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
