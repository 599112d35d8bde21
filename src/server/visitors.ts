import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../app/serve/refusal.js'
import { servedAgain, signInText } from '../app/serve/pages/page-texts.js'
import type { Service } from '../app/serve/service.js'
import type { Site } from '../domain/site.js'
import { openProject } from './authenticate.js'
import { formField, refuseOtherSites } from './form-fields.js'
import { sendServed } from './pages/send-served.js'
import { publicUrl } from './public-url.js'
import type { RateLimit } from './rate-limit.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every page that needs a session. */
    site: Site
  }
}

const cookieName = 'callsheet_session'

/** Lets in who is signed in, and shows all others where to sign in. */
export function createDoor(
  { projects, sessions, signing }: Pick<Service, 'projects' | 'sessions' | 'signing'>,
  limit: RateLimit,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  return async (request, reply) => {
    const token = sessionToken(request)
    const open = openProject(projects, request, limit)
    const project = open ?? sessions.projectOf(token)
    if (project) {
      limit.take(`project ${project.key}`)
      request.project = project
      const signer = open ? undefined : signing.signerOf(project, sessions.keyHashOf(token))
      const formToken = sessions.formTokenOf(open ? '' : token)
      request.site = { project: project.name, formToken, isSignedIn: !open, ...(signer && { signer: signer.name }) }
      return undefined
    }
    if (request.method !== 'GET') throw new Refusal(401, { detail: 'The session is over. Sign in again.' })
    // The browser keeps the session from requests that begin on other sites, but not from those that begin here.
    if (request.headers['sec-fetch-site'] === 'cross-site') return sendServed(reply, servedAgain())
    return sendServed(reply.code(401), signInText(request.url))
  }
}

/** Refuses what does not come from a form of this session's own pages. @throws {Refusal} 403 */
export function refuseForged(request: FastifyRequest, { sessions }: Pick<Service, 'sessions'>): void {
  refuseOtherSites(request)
  const token = request.site.isSignedIn ? sessionToken(request) : ''
  if (sessions.isFormToken(token, formField(request, 'token') ?? '')) return
  throw new Refusal(403, { detail: 'This form is not of this session. Open the page again, and repeat.' })
}

export function sessionToken({ headers: { cookie = '' } }: FastifyRequest): string {
  const pairs = cookie.split(';').map(pair => pair.trim().split('='))
  return pairs.find(([name]) => name === cookieName)?.[1] ?? ''
}

/** @param seconds  0 ends it. */
export function setSession(request: FastifyRequest, reply: FastifyReply, token: string, seconds: number): void {
  const isSecure = publicUrl(request, '/').protocol === 'https:'
  const parts = [`${cookieName}=${token}`, 'Path=/ui', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict', ...(isSecure ? ['Secure'] : [])]
  reply.header('set-cookie', parts.join('; '))
}
