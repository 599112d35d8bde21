import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openRecording, type OpenedRecording } from '../../app/serve/answer/open-recording.js'
import type { Service } from '../../app/serve/service.js'
import { rangeOf } from '../byte-range.js'

/** recordings/: the sound of calls, for everybody with a link that has not expired, without a key. */
export function recordingRoutes(server: FastifyInstance, service: Service): void {
  server.get<{ Params: { token: string } }>('/recordings/:token', async (sent, reply) => {
    const opened = await openRecording(service, sent.params.token)
    // Players on pages of other origins may play it: whoever has the link may hear it.
    reply.header('cross-origin-resource-policy', 'cross-origin')
    return sendRecording(sent, reply, opened, service)
  })
}

/** Sends a recording, or the part of it that a player asks for. */
export function sendRecording(
  sent: FastifyRequest,
  reply: FastifyReply,
  { recording, bytes, run, expiresAt, read }: OpenedRecording,
  { clock }: Pick<Service, 'clock'>,
): FastifyReply {
  const { mediaType, sha256 } = recording
  const etag = `"${sha256}"`
  const seconds = Math.max(0, Math.floor((expiresAt.getTime() - clock.date().getTime()) / 1000))
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'content-type': mediaType,
    'content-disposition': `inline; filename="run-${run}.${mediaType === 'audio/wav' ? 'wav' : 'opus'}"`,
    'cache-control': `private, max-age=${seconds}`,
  })
  const { range, 'if-range': condition, 'if-none-match': known } = sent.headers
  if (known?.includes(etag)) return reply.code(304).send()
  // Of a file that has changed, all is sent.
  const wanted = range === undefined || (condition !== undefined && condition !== etag) ? undefined : rangeOf(range, bytes)
  if (wanted === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${bytes}`).send()
  const { from, to } = wanted ?? { from: 0, to: bytes - 1 }
  if (wanted) reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`)
  reply.header('content-length', to - from + 1)
  return reply.send(Readable.from(read(from, to)))
}
