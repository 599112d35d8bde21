import type { FastifyInstance } from 'fastify'
import { readShared } from '../../app/serve/answer/shares.js'
import { messageText } from '../../app/serve/pages/page-texts.js'
import { Refusal } from '../../app/serve/refusal.js'
import type { Service } from '../../app/serve/service.js'
import { answerError } from '../errors.js'
import { sendServed } from '../pages/send-served.js'
import { resultPageRoutes } from './result-pages.js'

/** share/: results for everybody with the link, without a key, and for reading only. */
export async function shareRoutes(server: FastifyInstance, service: Service, mostLive: number): Promise<void> {
  server.setErrorHandler((error, sent, reply) => {
    if (!(error instanceof Refusal) || error.status !== 404)
      return answerError(error as Error & { code: string; name: string }, sent, reply)
    const text = 'This link has expired or never existed. Ask the sender for a new one.'
    return sendServed(reply.code(404), messageText('There is nothing here', text))
  })
  resultPageRoutes(server, '/:token', {
    ...service,
    mostLive,
    find: async sent => ({ record: await readShared(service, (sent.params as { readonly token: string }).token) }),
  })
}
