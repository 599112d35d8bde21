import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { createResultFeeds } from '../../app/serve/follow/result-feeds.js'
import type { EventText } from '../../app/serve/follow/result-feed.js'
import type { Service } from '../../app/serve/service.js'
import { idOf, type ById } from '../ids.js'
import { operation } from '../operation.js'

/** How long a disconnected reader waits before it reconnects. */
const comeBackMs = 2000

/**
 * results/{id}/events: a result's events as server-sent events. Each carries a journal event as JSON. A reader can resume
 * after any event with an id, by `Last-Event-ID`.
 *
 * @param mostWatchers  How many may read events at once.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventRoutes(server: FastifyInstance, service: Service, mostWatchers: number): void {
  const feeds = createResultFeeds(service, eventText, mostWatchers)
  // The server waits for its answers to end, but these last as long as their results.
  let isClosing = false
  server.addHook('preClose', async () => {
    isClosing = true
    feeds[Symbol.dispose]()
  })

  const described = operation({
    summary: 'Stream the events of a result',
    about: 'Reading',
    answer: 'EventStream',
    isStream: true,
  })
  server.get<ById>('/results/:id/events', { ...described, exposeHeadRoute: false }, async (sent, reply) => {
    const wanted = { project: sent.project, id: idOf(sent.params.id), after: lastSeen(sent.headers['last-event-id']) }
    const { raw } = reply
    const { socket } = sent.raw
    const seat = await feeds.watch(wanted, {
      // Otherwise it would be written later, when nobody measures how long that takes.
      take(message) {
        if (socket.writableCorked === 0) socket.cork()
        return raw.write(message)
      },
      flush: () => socket.uncork(),
      // A server that closes waits for its connections too.
      end: () => void raw.end(() => isClosing && socket.destroySoon()),
    })
    raw.on('drain', seat.resume)
    raw.on('close', seat.leave)
    reply.hijack()
    // The client may have gone while its result was looked up.
    if (raw.destroyed) return seat.leave()
    begin(reply)
    seat.resume()
  })
}

/** Writes to the connection itself: a stream for each of thousands of readers would cost more than what they are sent. */
function begin(reply: FastifyReply): void {
  reply.raw.writeHead(200, {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  } as OutgoingHttpHeaders)
  reply.raw.write(`retry: ${comeBackMs}\n\n`)
}

function lastSeen(header: string | string[] | undefined): number {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : 0
}

const eventText: EventText = {
  stored: ({ sequence, event }) => Buffer.from(`id: ${sequence}\n${dataOf(event)}`),
  turn: event => Buffer.from(dataOf(event)),
  beat: Buffer.from(': nothing new\n\n'),
}

/** JSON text has no line breaks, so one `data` line is enough. */
function dataOf(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`
}
