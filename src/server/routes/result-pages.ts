import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { recordingOfRun } from '../../app/serve/answer/open-recording.js'
import { liveText, reportText } from '../../app/serve/pages/page-texts.js'
import { notFound, Refusal } from '../../app/serve/refusal.js'
import type { ServedResult, Service } from '../../app/serve/service.js'
import type { Site } from '../../domain/site.js'
import { publicUrl } from '../public-url.js'
import { sendServed } from '../pages/send-served.js'
import { sendRecording } from './recordings.js'

/** A result that a request is for. @throws {Refusal} 404 */
export type FindResult = (sent: FastifyRequest) => Promise<{
  readonly record: ServedResult
  /** Absent for visitors who have only a link. */
  readonly site?: Site
}>

export interface ResultPagesUse extends Pick<Service, 'database' | 'recordings' | 'clock' | 'reportPageOf' | 'liveResults'> {
  readonly find: FindResult
  /** How many pages of results in progress may be open at once. */
  readonly mostLive: number
}

/** How long a recording may be kept by who hears it. */
const recordingMs = 60 * 60 * 1000

/**
 * The page of a result, with what it fetches: the parts of its report, its recordings, and news while it is in progress.
 *
 * @param path  Of the page, without a slash at its end.
 */
export function resultPageRoutes(server: FastifyInstance, path: string, use: ResultPagesUse): void {
  const { find, reportPageOf, liveResults, clock } = use

  server.get(path, async (sent, reply) => {
    const { record, site } = await find(sent)
    const [own = '', query] = sent.url.split('?')
    // What the page fetches is beside it.
    if (!own.endsWith('/')) return reply.redirect(`${own.slice(own.lastIndexOf('/') + 1)}/${query === undefined ? '' : `?${query}`}`, 303)
    if (record.state === 'ended')
      return sendServed(reply, reportText(record.id, await reportPageOf(record, addressOf(sent, record, site)), site))
    return sendServed(reply, liveText(record.id, record.request.name, await liveResults.parts(record), site))
  })

  server.get<{ Params: { part: string } }>(`${path}/view/:part`, async (sent, reply) => {
    const { record, site } = await find(sent)
    if (record.state !== 'ended') throw notFound()
    const page = await reportPageOf(record, addressOf(sent, record, site))
    const etag = `"${page.version}"`
    reply.headers({ etag, 'cache-control': 'private, no-cache' })
    if (sent.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
    return reply.type('text/plain; charset=utf-8').send(page.part(sent.params.part))
  })

  server.get<{ Params: { run: string } }>(`${path}/recordings/:run`, async (sent, reply) => {
    const { record } = await find(sent)
    if (!/^\d{1,9}$/.test(sent.params.run) || Number(sent.params.run) >= record.counts.total) throw notFound()
    const run = record.firstRun + Number(sent.params.run)
    const expiresAt = new Date(clock.date().getTime() + recordingMs)
    return sendRecording(sent, reply, await recordingOfRun(use, { project: record.project, run, expiresAt }), use)
  })

  const open = new Set<() => void>()
  server.addHook('preClose', async () => {
    for (const close of open) close()
  })
  server.get(`${path}/live`, { exposeHeadRoute: false }, async (sent, reply) => {
    const { record } = await find(sent)
    if (open.size >= use.mostLive) throw new Refusal(503, { detail: 'Too many watch results already. Try again later.' }, 5)
    const { raw } = reply
    reply.hijack()
    beginStream(reply)
    const leave = liveResults.watch(record, message => {
      if (raw.writableNeedDrain) return false
      raw.write(`data: ${JSON.stringify(message)}\n\n`)
      if (message.isOver) raw.end()
      return true
    })
    const close = (): void => void raw.end(() => sent.raw.socket.destroySoon())
    open.add(close)
    raw.on('close', () => {
      open.delete(close)
      leave()
    })
  })
}

/** The address of a result for those who signed in, as the API has it. */
function addressOf(sent: FastifyRequest, { id }: ServedResult, site: Site | undefined): string | undefined {
  return site && publicUrl(sent, `/results/${id}`).href
}

function beginStream(reply: FastifyReply): void {
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, value ?? '']))
  reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  reply.raw.write('retry: 2000\n\n')
}
