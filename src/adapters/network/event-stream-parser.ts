import { TextDecoder } from 'node:util'

/** A server-sent event that has data. */
export interface ServerSentEvent {
  /** Empty if the stream does not name it. */
  readonly name: string
  /** Its lines, joined by line breaks. */
  readonly data: string
  /** Its id, or the id of the last event that had one. */
  readonly lastId: string
}

/**
 * Parses server-sent events from bytes, however they are cut. Lines end with CR, LF or both; a byte order mark, comments and
 * reconnection times are passed over.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventStreamParser {
  readonly #decoder: TextDecoder
  #begun = ''
  #data: string[] = []
  #dataChars = 0
  #name = ''
  #lastId = ''
  #isAfterReturn = false

  /** @param strictly  Whether `write` throws a TypeError on what is not UTF-8. Default: it is replaced. */
  constructor({ strictly = false }: { readonly strictly?: boolean } = {}) {
    this.#decoder = new TextDecoder('utf-8', { fatal: strictly })
  }

  /** Characters of the event in progress. */
  get pendingChars(): number {
    return this.#begun.length + this.#dataChars
  }

  /** Takes bytes. Returns the events that they complete. */
  write(bytes: Uint8Array): readonly ServerSentEvent[] {
    let text = this.#decoder.decode(bytes, { stream: true })
    if (text === '') return []
    if (this.#isAfterReturn && text.startsWith('\n')) text = text.slice(1)
    this.#isAfterReturn = text.endsWith('\r')
    const events: ServerSentEvent[] = []
    const [first = '', ...rest] = text.split(/\r\n|\n|\r/)
    this.#begun += first
    for (const line of rest) {
      const event = this.#takeLine(this.#begun)
      if (event) events.push(event)
      this.#begun = line
    }
    return events
  }

  /** The event in progress, as far as it has come when the stream ends. The specification drops it. */
  rest(): ServerSentEvent | undefined {
    this.#takeLine(this.#begun)
    this.#begun = ''
    return this.#takeLine('')
  }

  #takeLine(line: string): ServerSentEvent | undefined {
    if (line === '') return this.#dispatch()
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'data') {
      this.#data.push(value)
      this.#dataChars += value.length + 1
    }
    if (field === 'event') this.#name = value
    if (field === 'id' && !value.includes('\0')) this.#lastId = value
    return undefined
  }

  #dispatch(): ServerSentEvent | undefined {
    const event = this.#data.length > 0 ? { name: this.#name, data: this.#data.join('\n'), lastId: this.#lastId } : undefined
    this.#data = []
    this.#dataChars = 0
    this.#name = ''
    return event
  }
}
