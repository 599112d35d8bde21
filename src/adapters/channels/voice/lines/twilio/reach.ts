import type { ConnectionOf } from '../../../../../domain/connection.js'
import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import type { Samples } from '../../../../../domain/samples.js'
import type { Line, LineEvent } from '../../../../../ports/line.js'
import type { NoWav } from '../../../../audio/read-wav.js'
import { placeOf } from '../../../faults.js'
import type { CallNames } from '../../../headers.js'
import { headersOf, socketAddress } from '../address.js'
import type { LineUse } from '../line-use.js'
import { openSocketLine } from '../socket-line.js'
import { streamWire } from '../streams/stream-wire.js'
import { twilioDialect } from '../streams/twilio.js'
import { signatureOf, signedUrl } from './signature.js'
import type { Sids } from '../sids.js'
import { fetchSound } from './sound-file.js'
import { readTwiml } from './twiml.js'
import type { Document, Next } from './walk.js'
import { requestTwiml, type WebhookUse } from './webhook.js'

/** How a call reaches its agent. */
export interface Reach {
  /** What the call begins with: the webhook's TwiML, or a stream. @throws {FaultError} */
  begin(signal: AbortSignal): Promise<Document>
  /** @throws {FaultError} */
  request(from: Document, next: Next, signal: AbortSignal): Promise<Document>
  /** @throws {FaultError} {PackageMissing} */
  file(from: Document, url: string, signal: AbortSignal): Promise<Samples | NoWav>
  /** TwiML that was given. @throws {FaultError} */
  read(from: Document, twiml: string): Document
  /** @throws {FaultError} */
  openStream(stream: StreamAsked): Promise<Line>
}

/** A stream to connect. */
export interface StreamAsked {
  readonly from: Document
  /** As it stands in the TwiML. */
  readonly url: string
  readonly parameters: Readonly<Record<string, string>>
  readonly hear: (event: LineEvent) => void
  readonly signal: AbortSignal
}

/** Whom a call is from, and to. */
export interface Parties {
  readonly sids: Sids
  readonly from: string
  readonly to: string
}

export function reachOf(connection: ConnectionOf<'twilio_stream'>, parties: Parties, call: CallNames, use: LineUse): Reach {
  const { url, authToken, parameters = {} } = connection
  const { sids, from, to } = parties
  const headers = headersOf(call, {}, connection.headers)
  const form = {
    CallSid: sids.call,
    AccountSid: sids.account,
    From: from,
    Caller: from,
    To: to,
    Called: to,
    Direction: 'inbound',
    ApiVersion: '2010-04-01',
  }
  let streams = 0

  return {
    async begin(signal) {
      const place = placeOf(new URL(url), use.mask)
      if (/^https?:/i.test(url)) return ask(url, undefined, { ...form, CallStatus: 'ringing' }, signal)
      const children = Object.entries(parameters).map(([name, value]) => ({
        name: 'Parameter',
        attributes: { name, value },
        text: '',
        children: [],
      }))
      const stream = { name: 'Stream', attributes: { url }, text: '', children }
      return { url, place, verbs: [{ name: 'Connect', attributes: {}, text: '', children: [stream] }] }
    },
    request(document, next, signal) {
      const there = targetOf(document, next.url)
      if (!there) throw badUrl(document, next.url, 'other TwiML')
      return ask(there.href, next.method, { ...form, CallStatus: 'in-progress', ...next.form }, signal)
    },
    file(document, path, signal) {
      const there = targetOf(document, path)
      if (!there) throw badUrl(document, path, 'a file to play')
      return fetchSound(there, use, signal)
    },
    read: (document, twiml) => ({ ...document, verbs: readTwiml(Buffer.from(twiml), document.place) }),
    async openStream({ from: document, url: asked, parameters: custom, hear, signal }) {
      const there = URL.canParse(asked) ? new URL(asked) : undefined
      if (!there || !/^wss?:$/.test(there.protocol)) throw badUrl(document, asked, 'a stream (wss://...)')
      const signature = authToken === undefined ? {} : { 'X-Twilio-Signature': signatureOf(authToken, signedUrl(asked)) }
      const address = socketAddress(there, { headers: { ...headers, ...signature } }, use)
      const stream = { stream: sids.stream(streams), account: sids.account, call: sids.call, from, to, parameters: custom }
      streams += 1
      return openSocketLine({
        address,
        clock: use.clock,
        hear,
        signal,
        wire: wire => streamWire(twilioDialect(stream), wire, address.place),
      })
    },
  }

  async function ask(
    at: string,
    method: string | undefined,
    fields: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Document> {
    const webhook: WebhookUse = { ...use, headers, authToken, signal }
    const verbs = await requestTwiml({ url: at, method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST', form: fields }, webhook)
    return { url: at, place: placeOf(new URL(at), use.mask), verbs }
  }
}

/** What a verb points to, perhaps relative to its document. */
function targetOf(document: Document, url: string): URL | undefined {
  const there = URL.canParse(url, document.url) ? new URL(url, document.url) : undefined
  return there && /^https?:$/.test(there.protocol) ? there : undefined
}

function badUrl({ place }: Document, text: string, what: string): FaultError {
  return new FaultError(lineFaults.badUrl({ place, text, what }))
}
