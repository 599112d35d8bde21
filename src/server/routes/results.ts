import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { endCalls } from '../../app/serve/conduct/end-calls.js'
import { readResults } from '../../app/serve/answer/read-result.js'
import { rerun } from '../../app/serve/start/rerun.js'
import { keptText } from '../../app/serve/answer/kept-text.js'
import { notFound, Refusal } from '../../app/serve/refusal.js'
import { startedView } from '../../app/serve/answer/result-views.js'
import type { ResultsQuery, ShareRequest } from '../../app/serve/generated/requests.js'
import type { Service } from '../../app/serve/service.js'
import { createShare } from '../../app/serve/answer/shares.js'
import { version } from '../../app/version.js'
import { envelopesFile, signersFile } from '../../domain/attestation.js'
import type { keptFiles } from '../../domain/kept-files.js'
import { reviewsFile } from '../../domain/review.js'
import { answerPage } from '../answer-page.js'
import { sentBody, taking } from '../bodies.js'
import { idempotencyKeyOf } from '../idempotency-key.js'
import { idOf, type ById } from '../ids.js'
import { operation } from '../operation.js'
import { publicUrl } from '../public-url.js'
import { request } from '../shapes.js'

const keptSummaries: Readonly<Record<(typeof keptFiles)[number], string>> = {
  [reviewsFile]: 'Get what people said of the judge of a result',
  [envelopesFile]: 'Get the signatures of a result',
  [signersFile]: 'Get the public keys of the signatures of a result',
}

/** results/: the states of results, and the operations on them. */
export function resultRoutes(server: FastifyInstance, service: Service): void {
  const listed = operation({ summary: 'List results, newest first', about: 'Reading', answer: 'ResultPage' })
  server.get<{ Querystring: ResultsQuery }>('/results', { ...listed, schema: { querystring: request('ResultsQuery') } }, async sent =>
    answerPage(sent, sent.query, await readResults(service, sent.project, sent.query)),
  )

  const read = operation({ summary: 'Get a result and the state of its runs', about: 'Reading', answer: 'Result' })
  server.get<ById>('/results/:id', read, async (sent, reply) => answerResult(service, sent, reply))

  for (const [file, summary] of Object.entries(keptSummaries)) {
    const kept = operation({ summary, about: 'Reading', answer: 'KeptFile', isText: true })
    server.get<ById>(`/results/:id/${file}`, kept, async (sent, reply) => {
      const record = await service.database.result(sent.project.key, idOf(sent.params.id))
      if (!record) throw notFound()
      return reply.type('text/plain; charset=utf-8').send(await keptText(service.database, record.id, file))
    })
  }

  const ended = operation({ summary: 'End the runs of a result that are in progress', about: 'Acting', answer: 'EndedCalls' })
  server.post<ById>('/results/:id/end_calls', ended, async sent => endCalls(service, sent.project, idOf(sent.params.id)))

  const again = operation({
    summary: 'Run the runs of a result again',
    about: 'Acting',
    answer: 'StartedResult',
    status: 201,
    startsRuns: true,
  })
  server.post<ById>('/results/:id/rerun', again, async (sent, reply) => {
    const result = await rerun(service, sent.project, idOf(sent.params.id), idempotencyKeyOf(sent, service))
    return reply.code(201).send(startedView(result))
  })

  const shared = operation({ summary: 'Share a result as a page that needs no key', about: 'Acting', answer: 'ShareableLink' })
  server.post<ById>('/results/:id/create_shareable_link_token', { ...shared, ...taking('ShareRequest') }, async sent => {
    const {
      body: { expire_at: expireAt },
      wrong,
    } = sentBody<ShareRequest>(sent)
    if (expireAt === undefined || Object.keys(wrong).length > 0) throw new Refusal(400, wrong)
    const { token } = await createShare(service, sent.project, idOf(sent.params.id), expireAt)
    return { token, shareable_link: publicUrl(sent, `/share/${token}`).href }
  })
}

/** Below this size, compression saves nothing. */
const worthPackingBytes = 2048

/** A client that has this revision gets 304. All others share the same bytes. */
async function answerResult({ answerResult: answer }: Service, sent: FastifyRequest<ById>, reply: FastifyReply): Promise<unknown> {
  const { version: own, json, gzipped } = await answer(sent.project.key, idOf(sent.params.id))
  const etag = `"${version}-${sent.params.id}-${own}"`
  reply.headers({
    etag,
    'cache-control': 'private, no-cache',
    'vary': 'accept-encoding, x-cekura-api-key',
    'content-type': 'application/json; charset=utf-8',
  })
  if (sent.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
  if (json.length < worthPackingBytes || !/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(sent.headers['accept-encoding'] ?? ''))
    return reply.send(json)
  return reply.header('content-encoding', 'gzip').send(await gzipped())
}
