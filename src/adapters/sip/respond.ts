import { HeaderList } from './header-list.js'
import type { SipRequest, SipResponse } from './message.js'
import { tagOf } from './name-addr.js'
import { wordsOfStatus } from './status-words.js'

/** What a response says besides what it takes from its request. */
export interface ResponseParts {
  readonly status: number
  readonly reason?: string | undefined
  /** Our tag, unless the request has one; not in a 100. */
  readonly tag?: string | undefined
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: { readonly type: string; readonly content: string } | undefined
}

/** A response to a request (RFC 3261, 8.2.6). */
export function responseTo({ headers }: SipRequest, { status, reason, tag, headers: own = [], body }: ResponseParts): SipResponse {
  const list = new HeaderList()
  for (const via of headers.all('Via')) list.add('Via', via)
  list.add('From', headers.get('From') ?? '')
  const to = headers.get('To') ?? ''
  list.add('To', tag !== undefined && status > 100 && tagOf(to) === '' ? `${to};tag=${tag}` : to)
  list.add('Call-ID', headers.get('Call-ID') ?? '')
  list.add('CSeq', headers.get('CSeq') ?? '')
  for (const route of status > 100 && status < 300 ? headers.all('Record-Route') : []) list.add('Record-Route', route)
  for (const [name, value] of own) list.add(name, value)
  if (body) list.add('Content-Type', body.type)
  return { kind: 'response', status, reason: reason ?? wordsOfStatus(status), headers: list, body: body?.content ?? '' }
}
