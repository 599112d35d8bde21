import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { placeOf } from '../../../faults.js'
import { mergeHeaders } from '../../../headers.js'
import type { LineUse } from '../line-use.js'
import { requestOfAgent } from './agent-request.js'
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
  const { method } = asked
  const url = withForm(asked)
  const place = placeOf(url, use.mask)
  const signed = method === 'GET' ? url.href : asked.url
  const signature = use.authToken !== undefined && {
    'X-Twilio-Signature': signatureOf(use.authToken, signedUrl(signed), method === 'GET' ? {} : asked.form),
  }
  const body = method === 'GET' ? null : new URLSearchParams(asked.form).toString()
  const type = body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const headers = Object.fromEntries(mergeHeaders<string>(type, use.headers, signature || {}))
  const within = { ms: withinMs, fault: lineFaults.webhookSilent({ place, withinMs }) }
  return readTwiml(await requestOfAgent({ url, place, method, body, headers, within, signal: use.signal }, use), place)
}

function withForm({ url, method, form }: TwimlRequest): URL {
  const to = new URL(url)
  if (method === 'GET') for (const [name, value] of Object.entries(form)) to.searchParams.append(name, value)
  return to
}
