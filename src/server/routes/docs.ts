import type { FastifyInstance } from 'fastify'
import { sendPage } from '../pages/page.js'
import { tryPage } from '../pages/try-page.js'

/** The API's description, and a page to try it. @param describe  Makes the OpenAPI document, once all routes are registered. */
export function docsRoutes(server: FastifyInstance, describe: () => object): void {
  let document: object | undefined
  server.get('/openapi.json', async () => (document ??= describe()))
  server.get('/docs', async (_request, reply) => sendPage(reply, tryPage()))
  server.get('/', async (_request, reply) => reply.redirect('/ui/'))
}
