import { sequenceOf, type SipRequest } from './message.js'
import { tagOf } from './name-addr.js'
import type { Flow } from './network.js'
import { parseVia, type Via } from './via.js'

/**
 * What two copies of a request have in common, and its ACK and CANCEL with it (RFC 3261, 17.2.3).
 *
 * @param method  Of the transaction: INVITE for an ACK, and for the INVITE that a CANCEL is for.
 */
export function transactionKey(request: SipRequest, method: string): string {
  const via = parseVia(request.headers.listed('Via')[0] ?? '')
  const branch = via?.params.get('branch') ?? ''
  const hop = `${via?.host ?? ''}:${via?.port ?? ''}`
  if (branch.startsWith('z9hG4bK') && branch.length > 7) return `${branch} ${hop} ${method}`
  // Of before RFC 3261, or a branch that is none.
  const { headers, uri } = request
  return [uri, tagOf(headers.get('From')), headers.get('Call-ID'), sequenceOf(request).number, hop, branch, method].join(' ')
}

/** Notes in a Via where its request came from, so that the response goes back there (RFC 3261, 18.2.1; RFC 3581). */
export function receivedVia(via: Via, { peer }: Flow): Via {
  const params = new Map(via.params)
  if (via.host !== peer.address || params.has('rport')) params.set('received', peer.address)
  if (params.has('rport')) params.set('rport', String(peer.port))
  return { ...via, params }
}
