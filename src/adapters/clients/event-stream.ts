import { EventStreamParser, type ServerSentEvent } from '../network/event-stream-parser.js'

/** A message of an event stream: its data, and the id of it or of the last message that had one. A later request resumes after it. */
export type StreamMessage = Pick<ServerSentEvent, 'lastId' | 'data'>

/** A message that never ends would fill the memory. The largest that servers send is a run with a conversation of 5 MB. */
const mostChars = 64 * 1024 * 1024

/** The server sends a message that is larger than any event. */
export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge'
}

/**
 * Reads server-sent events that have data and ids. An unfinished last message is dropped: the stream broke off in it.
 *
 * @throws {MessageTooLarge} before it is in memory.
 */
export async function* readEventStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  const parser = new EventStreamParser()
  for await (const bytes of body) {
    for (const { lastId, data } of parser.write(bytes)) yield { lastId, data }
    if (parser.pendingChars > mostChars) throw new MessageTooLarge('a message of more than 64 MiB')
  }
}
