import { setMaxListeners } from 'node:events'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { followResult, type FollowedEvent } from '../../app/serve/answer/follow-result.js'
import type { Service } from '../../app/serve/service.js'
import { idOf, type ById } from '../ids.js'
import { operation } from '../operation.js'

/** How long a reader whose connection broke waits before it comes again. */
const comeBackMs = 2000

/**
 * results/{id}/events: what happens to a result, as server-sent events. Each has the JSON of an event of the journal; those
 * with an id can be gone on from, by `Last-Event-ID`.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventRoutes(server: FastifyInstance, service: Service): void {
  const closing = new AbortController()
  // One for each who watches.
  setMaxListeners(0, closing.signal)
  // The server waits for its answers to end, and these go on as long as their results.
  server.addHook('preClose', async () => closing.abort())

  const described = operation({
    summary: 'Stream the events of a result',
    about: 'Reading',
    answer: 'EventStream',
    isStream: true,
  })
  server.get<ById>('/results/:id/events', { ...described, exposeHeadRoute: false }, async (sent, reply) => {
    const wanted = { project: sent.project, id: idOf(sent.params.id), after: lastSeen(sent.headers['last-event-id']) }
    const events = await followResult(wanted, service, closing.signal)
    reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
    return reply.send(Readable.from(streamOf(events), { objectMode: false, highWaterMark: 16 * 1024 }))
  })
}

function lastSeen(header: string | string[] | undefined): number {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : 0
}

async function* streamOf(events: AsyncIterable<readonly FollowedEvent[]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`retry: ${comeBackMs}\n\n`)
  for await (const batch of events) {
    if (batch.length === 0) yield Buffer.from(': nothing new\n\n')
    // One by one: together, the conversations of a hundred runs may be long.
    for (const each of batch) yield Buffer.from(messageOf(each))
  }
}

/** JSON has no line breaks of its own. */
function messageOf({ sequence, event }: FollowedEvent): string {
  return `${sequence === undefined ? '' : `id: ${sequence}\n`}data: ${JSON.stringify(event)}\n\n`
}
