import type { FastifyInstance } from 'fastify'
import { messageText, signInText } from '../../app/serve/pages/page-texts.js'
import { hashOfKey } from '../../app/serve/projects.js'
import { Refusal } from '../../app/serve/refusal.js'
import type { Service } from '../../app/serve/service.js'
import { openProject, projectOfKey } from '../authenticate.js'
import { formField, refuseOtherSites } from '../form-fields.js'
import { sendServed } from '../pages/send-served.js'
import type { RateLimit } from '../rate-limit.js'
import { sessionToken, setSession } from '../visitors.js'

/** ui/session: a key once, and then a session that scripts cannot read. */
export function sessionRoutes(
  server: FastifyInstance,
  { projects, sessions }: Pick<Service, 'projects' | 'sessions'>,
  limit: RateLimit,
): void {
  server.post('/session', async (sent, reply) => {
    refuseOtherSites(sent)
    const to = pathAfter(formField(sent, 'to'))
    if (openProject(projects, sent, limit)) return reply.redirect(to, 303)
    try {
      const key = formField(sent, 'key') ?? ''
      const { token, seconds } = sessions.begin(projectOfKey(projects, sent, key, limit), hashOfKey(key))
      setSession(sent, reply, token, seconds)
      return reply.redirect(to, 303)
    } catch (cause) {
      if (!(cause instanceof Refusal) || cause.status !== 403) throw cause
      return sendServed(reply.code(403), signInText(to, 'No project has this key.'))
    }
  })

  server.post('/session/end', async (sent, reply) => {
    refuseOtherSites(sent)
    const token = sessionToken(sent)
    if (token !== '' && !sessions.isFormToken(token, formField(sent, 'token') ?? ''))
      throw new Refusal(403, { detail: 'This form is not of this session. Open the page again, and repeat.' })
    sessions.end(token)
    setSession(sent, reply, '', 0)
    return sendServed(reply, messageText('Signed out', 'This browser has no session any more.'))
  })
}

/** A page of this server. What leads elsewhere leads to the first page. */
function pathAfter(to = ''): string {
  return /^\/ui\/[\x21-\x5b\x5d-\x7e]*$/.test(to) ? to : '/ui/'
}
