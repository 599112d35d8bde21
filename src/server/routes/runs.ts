import type { FastifyInstance } from 'fastify'
import { endCall } from '../../app/serve/conduct/end-calls.js'
import { readListenUrl, readRun, readRuns, readRunsInBulk } from '../../app/serve/answer/read-runs.js'
import type { BulkQuery, RunsQuery } from '../../app/serve/generated/requests.js'
import type { Service } from '../../app/serve/service.js'
import type { FastifyRequest } from 'fastify'
import { answerPage } from '../answer-page.js'
import { idOf, type ById } from '../ids.js'
import { operation } from '../operation.js'
import { publicUrl } from '../public-url.js'
import { request } from '../shapes.js'

/** runs/: single runs with their conversations. */
export function runRoutes(server: FastifyInstance, service: Service): void {
  const within = (sent: FastifyRequest) => ({ ...service, urlOf: (path: string) => publicUrl(sent, path).href })
  const listed = operation({ summary: 'List runs with their conversations', about: 'Reading', answer: 'RunPage' })
  server.get<{ Querystring: RunsQuery }>('/runs', { ...listed, schema: { querystring: request('RunsQuery') } }, async sent =>
    answerPage(sent, sent.query, await readRuns(within(sent), sent.project, sent.query)),
  )

  const inBulk = operation({ summary: 'Get runs by their ids', about: 'Reading', answer: 'RunsInBulk' })
  server.get<{ Querystring: BulkQuery }>('/runs/bulk', { ...inBulk, schema: { querystring: request('BulkQuery') } }, async sent =>
    readRunsInBulk(within(sent), sent.project, sent.query.run_ids),
  )

  const read = operation({ summary: 'Get a run with its conversation', about: 'Reading', answer: 'Run' })
  server.get<ById>('/runs/:id', read, async sent => readRun(within(sent), sent.project, idOf(sent.params.id)))

  const listened = operation({ summary: 'Get a link to the recording of a run', about: 'Reading', answer: 'ListenUrl' })
  server.get<ById>('/runs/:id/get_listen_url', listened, async sent => readListenUrl(within(sent), sent.project, idOf(sent.params.id)))

  const ended = operation({ summary: 'End a run', about: 'Acting', answer: 'EndedCalls' })
  server.post<ById>('/runs/:id/end_call', ended, async sent => endCall(service, sent.project, idOf(sent.params.id)))
}
