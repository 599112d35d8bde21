import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createShare } from '../../app/serve/answer/shares.js'
import { endCalls } from '../../app/serve/conduct/end-calls.js'
import { messageText } from '../../app/serve/pages/page-texts.js'
import { reportFile } from '../../app/serve/pages/report-file.js'
import { notFound, Refusal } from '../../app/serve/refusal.js'
import type { Service } from '../../app/serve/service.js'
import { rerun } from '../../app/serve/start/rerun.js'
import { answerError } from '../errors.js'
import { formField } from '../form-fields.js'
import { idOf, type ById } from '../ids.js'
import { sendServed } from '../pages/send-served.js'
import { publicUrl } from '../public-url.js'
import type { RateLimit } from '../rate-limit.js'
import { createDoor, refuseForged } from '../visitors.js'
import { resultPageRoutes } from './result-pages.js'
import { sessionRoutes } from './session.js'
import { reviewRoutes } from './review.js'
import { signRoutes } from './sign.js'
import { siteRoutes } from './site.js'

/** ui/: the server's pages, for people who have signed in. */
export async function uiRoutes(server: FastifyInstance, service: Service, limit: RateLimit, mostLive: number): Promise<void> {
  server.setErrorHandler((error, sent, reply) => {
    if (!(error instanceof Refusal)) return answerError(error as Error & { code: string; name: string }, sent, reply)
    const { detail, ...fields } = error.body as { readonly detail?: string } & Readonly<Record<string, readonly string[]>>
    const text = detail ?? Object.values(fields).flat().join(' ')
    return sendServed(reply.code(error.status), messageText(titles[error.status] ?? 'Refused', text, { site: sent.site }))
  })
  sessionRoutes(server, service, limit)
  await server.register(async pages => {
    pages.addHook('onRequest', createDoor(service, limit))
    siteRoutes(pages, service)
    const find = async (sent: FastifyRequest) => {
      const record = await service.database.result(sent.project.key, idOf((sent.params as ById['Params']).id))
      if (!record) throw notFound()
      return { record, site: sent.site }
    }
    resultPageRoutes(pages, '/results/:id', { ...service, find, mostLive })

    pages.get<{ Params: { 'id': string; '*': string } }>('/results/:id/runs/*', async ({ params }, reply) =>
      reply.redirect(`/ui/results/${idOf(params.id)}/#/run/${encodeURIComponent(params['*']).replaceAll('%2F', '/')}`, 303),
    )
    pages.get<ById>('/results/:id/report.html', async (sent, reply) => {
      const { record } = await find(sent)
      if (record.state !== 'ended') throw new Refusal(400, { detail: 'The result is not over yet.' })
      return reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', `attachment; filename="result-${record.id}.html"`)
        .send(await reportFile(service, record, publicUrl(sent, `/results/${record.id}`).href))
    })
    actionRoutes(pages, service)
    reviewRoutes(pages, { ...service, find })
    signRoutes(pages, { ...service, find })
  })
}

const titles: Readonly<Record<number, string>> = { 401: 'Not signed in', 403: 'Not allowed', 404: 'There is nothing here', 503: 'Too busy' }

/** What people do with a result. */
function actionRoutes(server: FastifyInstance, service: Service): void {
  server.post<ById>('/results/:id/end', async (sent, reply) => {
    refuseForged(sent, service)
    await endCalls(service, sent.project, idOf(sent.params.id))
    return reply.redirect(`/ui/results/${sent.params.id}/`, 303)
  })
  server.post<ById>('/results/:id/rerun', async (sent, reply) => {
    refuseForged(sent, service)
    const { record } = await rerun(service, sent.project, idOf(sent.params.id))
    return reply.redirect(`/ui/results/${record.id}/`, 303)
  })
  server.post<ById>('/results/:id/share', async (sent, reply) => {
    refuseForged(sent, service)
    const days = Number(formField(sent, 'days'))
    if (!(days >= 1 && days <= 90)) throw new Refusal(400, { detail: 'Share a result for 1 to 90 days.' })
    // A minute less, so that the longest time is not too long by the time that has passed since.
    const expireAt = new Date(service.clock.date().getTime() + days * 24 * 60 * 60 * 1000 - 60_000).toISOString()
    const { token } = await createShare(service, sent.project, idOf(sent.params.id), expireAt)
    const text = `Whoever has this link can read the result until ${expireAt.slice(0, 16).replace('T', ' ')} UTC. It is shown only once.`
    return sendServed(reply, messageText('Shared', text, { link: publicUrl(sent, `/share/${token}`).href, site: sent.site }))
  })
}
