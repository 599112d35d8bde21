import type { FastifyInstance } from 'fastify'
import type { Service } from '../../app/serve/service.js'

/** healthz: whether the process answers. readyz: whether it can start runs. Neither needs a key, and neither says why. */
export function healthRoutes(server: FastifyInstance, { readiness }: Pick<Service, 'readiness'>): void {
  server.get('/healthz', async () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) => {
    const state = await readiness()
    return reply.code(state.status === 'ready' ? 200 : 503).send(state)
  })
}
