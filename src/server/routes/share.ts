import type { FastifyInstance } from 'fastify'
import type { SharePageQuery } from '../../app/serve/generated/requests.js'
import { Refusal } from '../../app/serve/refusal.js'
import type { Service } from '../../app/serve/service.js'
import { readShared } from '../../app/serve/answer/shares.js'
import { sendPage } from '../pages/page.js'
import { noSharePage, sharePage } from '../pages/share-page.js'
import { request } from '../shapes.js'

/** share/: results for everybody with the link, without a key. */
export function shareRoutes(server: FastifyInstance, service: Service): void {
  server.get<{ Params: { token: string }; Querystring: SharePageQuery }>(
    '/share/:token',
    { schema: { querystring: request('SharePageQuery') } },
    async ({ params, query }, reply) => {
      try {
        return sendPage(reply, sharePage(await readShared(service, params.token, Number(query.page ?? 1))))
      } catch (cause) {
        if (cause instanceof Refusal) return sendPage(reply.code(404), noSharePage)
        throw cause
      }
    },
  )
}
