import type { FastifyRequest } from 'fastify'
import type { Project } from '../app/serve/catalogue/catalogue.js'
import { Refusal } from '../app/serve/refusal.js'
import type { Service } from '../app/serve/service.js'
import { networkOf, type RateLimit } from './rate-limit.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The project of the request's key. Set for every route that needs a key. */
    project: Project
  }
}

/** How many wrong keys per second one address may send on average. */
const guessesPerSecond = 10

/**
 * Finds the project of a request, and limits the rate of each key and each address.
 *
 * Without any keys, the server is for this machine only. It then refuses browsers' requests from pages of other origins, and
 * requests to a host name that was pointed at this machine (DNS rebinding).
 *
 * @throws {Refusal} 401 without a key, 403 with a wrong one, 429.
 */
export function createAuthenticator({ projects }: Pick<Service, 'projects'>, limit: RateLimit): (request: FastifyRequest) => Promise<void> {
  return async request => {
    const key = request.headers['x-cekura-api-key']
    request.project =
      openProject(projects, request, limit) ?? projectOfKey(projects, request, typeof key === 'string' ? key : undefined, limit)
  }
}

/** The only project of a server without keys; `undefined` if there are keys. @throws {Refusal} 403 for requests of others, 429. */
export function openProject(projects: Service['projects'], request: FastifyRequest, limit: RateLimit): Project | undefined {
  const [only] = projects.all
  if (projects.areOpen && only) {
    refuseStrangers(request)
    return only
  }
  limit.take(`address ${networkOf(request)}`)
  return undefined
}

/** @throws {Refusal} 401 without a key, 403 with a wrong one, 429. */
export function projectOfKey(projects: Service['projects'], request: FastifyRequest, key: string | undefined, limit: RateLimit): Project {
  const project = projects.of(key)
  if (!project) {
    limit.take(`address ${networkOf(request)}`, limit.perSecond / guessesPerSecond)
    if (key === undefined)
      throw new Refusal(401, { detail: 'Authentication credentials were not provided. Send the header X-CEKURA-API-KEY.' })
    throw new Refusal(403, { detail: 'Invalid API key.' })
  }
  limit.take(`project ${project.key}`)
  return project
}

function refuseStrangers({ headers }: FastifyRequest): void {
  const { host = '', origin } = headers
  if (!isLoopback(`http://${host}`))
    throw new Refusal(403, { detail: `This server has no API key, so it answers only requests to localhost, not to ${host}.` })
  if (origin !== undefined && !isLoopback(origin))
    throw new Refusal(403, { detail: 'This server has no API key, so it refuses requests from web pages of other origins.' })
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
