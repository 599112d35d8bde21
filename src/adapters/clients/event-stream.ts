import { EventStreamParser, type ServerSentEvent } from '../network/event-stream-parser.js'

/** A message of an event stream: its data, and the id of it or of the last message that had one. A later request resumes after it. */
export type StreamMessage = Pick<ServerSentEvent, 'lastId' | 'data'>

/** Reads server-sent events that have data and ids. An unfinished last message is dropped: the stream broke off in it. */
export async function* readEventStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  const parser = new EventStreamParser()
  for await (const bytes of body) {
    for (const { lastId, data } of parser.write(bytes)) yield { lastId, data }
  }
}
