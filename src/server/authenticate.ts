import type { FastifyRequest } from 'fastify'
import type { Project } from '../app/serve/catalogue.js'
import { Refusal } from '../app/serve/refusal.js'
import type { Service } from '../app/serve/service.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key it bears; set for every route that needs one. */
    project: Project
  }
}

/** Finds out whose request it is. @throws {Refusal} 401 without a key, 403 with a wrong one. */
export function createAuthenticator({ projects }: Pick<Service, 'projects'>): (request: FastifyRequest) => Promise<void> {
  return async request => {
    const key = request.headers['x-cekura-api-key']
    const [first] = projects.all
    const project = projects.areOpen ? first : projects.of(typeof key === 'string' ? key : undefined)
    if (project) request.project = project
    else if (key === undefined) throw new Refusal(401, { detail: 'Authentication credentials were not provided: header X-CEKURA-API-KEY.' })
    else throw new Refusal(403, { detail: 'Invalid API key.' })
  }
}
