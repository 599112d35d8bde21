import type { FastifyInstance } from 'fastify'
import { readResult } from '../../app/serve/read-result.js'
import type { Service } from '../../app/serve/service.js'
import { idOf } from '../ids.js'

/** results/: how results stand, and what may be done with them. */
export function resultRoutes(server: FastifyInstance, service: Service): void {
  server.get<{ Params: { id: string } }>('/results/:id', async request => readResult(service, request.project, idOf(request.params.id)))
}
