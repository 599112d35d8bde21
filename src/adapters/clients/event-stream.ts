/** A message of an event stream. */
export interface StreamMessage {
  /** The id of this message, or of the last message that had one. A later request resumes after it. */
  readonly lastId: string
  readonly data: string
}

/**
 * Reads server-sent events that have data and ids. Event names and reconnection times are ignored.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* readEventStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  let lastId = ''
  let data: string[] = []
  for await (const line of linesOf(body)) {
    if (line === '') {
      if (data.length > 0) yield { lastId, data: data.join('\n') }
      data = []
      continue
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? []
    if (field === 'data') data.push(value)
    if (field === 'id' && !value.includes('\0')) lastId = value
  }
}

/** Lines end with CR, LF or both. An unfinished last line is dropped: the stream broke off in it. */
async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let begun = ''
  let carriageReturn = ''
  for await (const bytes of body) {
    const text = carriageReturn + decoder.decode(bytes, { stream: true })
    // The matching LF may still arrive.
    carriageReturn = text.endsWith('\r') ? '\r' : ''
    const [first = '', ...rest] = text.slice(0, text.length - carriageReturn.length).split(/\r\n|\n|\r/)
    begun += first
    for (const line of rest) {
      yield begun
      begun = line
    }
  }
}
