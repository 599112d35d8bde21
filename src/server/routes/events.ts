import { setMaxListeners } from 'node:events'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { followResult, type FollowedEvent } from '../../app/serve/answer/follow-result.js'
import type { Service } from '../../app/serve/service.js'
import { idOf, type ById } from '../ids.js'
import { operation } from '../operation.js'

/** How long a disconnected reader waits before it reconnects. */
const comeBackMs = 2000

/**
 * results/{id}/events: a result's events as server-sent events. Each carries a journal event as JSON. A reader can resume
 * after any event with an id, by `Last-Event-ID`.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventRoutes(server: FastifyInstance, service: Service): void {
  const closing = new AbortController()
  // Each reader adds a listener.
  setMaxListeners(0, closing.signal)
  // The server waits for its answers to end, but these last as long as their results.
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
    // One at a time: the conversations of a hundred runs may be large together.
    for (const each of batch) yield Buffer.from(messageOf(each))
  }
}

/** JSON text has no line breaks, so one `data` line is enough. */
function messageOf({ sequence, event }: FollowedEvent): string {
  return `${sequence === undefined ? '' : `id: ${sequence}\n`}data: ${JSON.stringify(event)}\n\n`
}
