import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AttestRefused } from '../../app/attest/refused.js'
import { signText } from '../../app/serve/pages/page-texts.js'
import type { Signer } from '../../app/serve/pages/sign-result.js'
import { Refusal } from '../../app/serve/refusal.js'
import type { ServedResult, Service } from '../../app/serve/service.js'
import { meanings } from '../../domain/attestation.js'
import type { SignPage, TypedException, TypedSignoff } from '../../domain/signoff-form.js'
import { formField } from '../form-fields.js'
import type { ById } from '../ids.js'
import { sendServed } from '../pages/send-served.js'
import { refuseForged, sessionToken } from '../visitors.js'
import type { FindResult } from './result-pages.js'

/** ui/results/{id}/sign: people who may sign say whether a result is fit to be released. */
export function signRoutes(server: FastifyInstance, service: Service & { readonly find: FindResult }): void {
  const { find, signing, sessions, reportPageOf } = service
  const signerOf = (sent: FastifyRequest): Signer => {
    const signer = signing.signerOf(sent.project, sent.site.isSignedIn ? sessions.keyHashOf(sessionToken(sent)) : undefined)
    if (signer) return signer
    throw new Refusal(403, { detail: 'Your key may not sign results. The projects file of the server says whose may.' })
  }
  const show = async (sent: FastifyRequest, reply: FastifyReply, record: ServedResult, refused?: SignPage['refused']) => {
    const signer = signerOf(sent)
    const formToken = sent.site.formToken ?? ''
    // Before the page is made, which needs a result that is over.
    const asked = await signing.page(record, signer, { head: '', formToken, ...(refused && { refused }) })
    const { screens } = await reportPageOf(record, `/results/${record.id}`)
    return sendServed(reply, signText({ ...asked, head: screens.head }, sent.site))
  }

  server.get<ById>('/results/:id/sign', async (sent, reply) => show(sent, reply, (await find(sent)).record))

  server.post<ById>('/results/:id/sign', async (sent, reply) => {
    refuseForged(sent, service)
    const signer = signerOf(sent)
    const { record } = await find(sent)
    const typed = typedIn(sent, signer)
    try {
      await signing.sign(record, signer, typed)
    } catch (cause) {
      if (!(cause instanceof AttestRefused)) throw cause
      return show(sent, reply.code(400), record, { why: cause.why, typed })
    }
    return reply.redirect(`/ui/results/${record.id}/`, 303)
  })
}

const longest = 2000
/** More failed checks than any page has. */
const mostExceptions = 10_000

function typedIn(sent: FastifyRequest, { roles }: Signer): TypedSignoff {
  const field = (name: string): string => {
    const text = (formField(sent, name) ?? '').replaceAll('\0', '').trim()
    if (text.length > longest) throw new Refusal(400, { detail: `This is too long. At most ${longest} characters fit.` })
    return text
  }
  const [role, decision, meaning] = [field('role'), field('decision'), meanings.find(each => each === field('meaning'))]
  if (!roles.includes(role) || (decision !== 'approve' && decision !== 'reject') || !meaning || field('read') !== 'yes')
    throw new Refusal(400, { detail: 'This is not asked here. Open the page of the result, and begin anew.' })
  const exceptions: TypedException[] = []
  for (let i = 0; i < mostExceptions && formField(sent, `reason-${i}`) !== undefined; i += 1) {
    const own = (name: string): string => field(`${name}-${i}`)
    const texts = { reason: own('reason'), issue: own('issue'), owner: own('owner'), expires: own('expires') }
    exceptions.push({ ...texts, evenMustPass: own('even') === 'yes' })
  }
  return { role, decision, meaning, reason: field('reason'), validUntil: field('until'), exceptions }
}
