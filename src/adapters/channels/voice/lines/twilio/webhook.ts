import { FaultError, type Fault } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import type { Place } from '../../../../../domain/place.js'
import { refuseForbidden } from '../../../egress.js'
import { placeOf } from '../../../faults.js'
import { authorizationIn, mergeHeaders } from '../../../headers.js'
import { openRequestPool, type Request } from '../../../http/request-pool.js'
import { routeTo } from '../../../proxy/route.js'
import { isRefusal, type HttpAnswer } from '../../../receive-body.js'
import { statusFault } from '../../../status-fault.js'
import type { LineUse } from '../line-use.js'
import { signatureOf, signedUrl } from './signature.js'
import { readTwiml, type Verb } from './twiml.js'

/** How long Twilio waits for TwiML. */
const withinMs = 15_000

/** A request for TwiML. */
export interface TwimlRequest {
  /** As it was given. */
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly form: Readonly<Record<string, string>>
}

export interface WebhookUse extends LineUse {
  readonly headers: Readonly<Record<string, string>>
  readonly authToken: string | undefined
  readonly signal: AbortSignal
}

/**
 * Asks an agent for TwiML.
 *
 * @throws {FaultError} when it is not reached, refuses, or answers something else. When the signal aborts, its reason.
 */
export async function requestTwiml(asked: TwimlRequest, use: WebhookUse): Promise<readonly Verb[]> {
  const url = withForm(asked)
  const place = placeOf(url, use.mask)
  refuseForbidden(url, use.egress, place)
  const signed = asked.method === 'GET' ? url.href : asked.url
  const signature = use.authToken !== undefined && {
    'X-Twilio-Signature': signatureOf(use.authToken, signedUrl(signed), asked.method === 'GET' ? {} : asked.form),
  }
  const body = asked.method === 'GET' ? null : new URLSearchParams(asked.form).toString()
  const type = body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const own = { 'accept': '*/*', 'user-agent': 'TwilioProxy/1.1', ...type, ...authorizationIn(url) }
  const headers = mergeHeaders<string>(own, use.headers, signature || {}).flat()
  const answer = await ask(url, { method: asked.method, path: url.pathname + url.search, headers, body }, place, use)
  if (isRefusal(answer.status)) throw new FaultError(statusFault(answer, answer.body.toString(), place, use.clock.date()))
  return readTwiml(answer.body, place)
}

function withForm({ url, method, form }: TwimlRequest): URL {
  const to = new URL(url)
  if (method === 'GET') for (const [name, value] of Object.entries(form)) to.searchParams.append(name, value)
  return to
}

async function ask(url: URL, request: Request, place: Place, use: WebhookUse): Promise<HttpAnswer> {
  const { clock, signal } = use
  signal.throwIfAborted()
  await using pool = openRequestPool(url.origin, 1, place, routeTo(url, use))
  const leaving: (() => void)[] = []
  try {
    return await new Promise((resolve, reject) => {
      const failed = (fault: Fault): void => reject(new FaultError(fault))
      const onAbort = (): void => reject(signal.reason as Error)
      const sent = pool.send(request, { answered: resolve, failed, begins: () => undefined })
      const cancelTimer = clock.after(withinMs, () => failed(lineFaults.webhookSilent({ place, withinMs })))
      signal.addEventListener('abort', onAbort)
      leaving.push(
        () => sent.cancel(),
        cancelTimer,
        () => signal.removeEventListener('abort', onAbort),
      )
    })
  } finally {
    for (const leave of leaving) leave()
  }
}
