import type { Leg } from './leg.js'
import { parseNameAddr, tagOf } from './name-addr.js'
import type { ServerTransaction } from './server-transaction.js'
import { parseUri, userOf } from './uri.js'

/** The far side asks us to call somebody else (RFC 3515). */
export interface Transfer {
  /** The URI to call, as it stands in Refer-To. */
  readonly uri: string
  /** The number or name in it; `''` if there is none. */
  readonly to: string
  /** Who asks, if it says so. */
  readonly by: string
}

/**
 * Takes a REFER: it is told, and the far side hears that the transfer succeeded, so that it leaves the call as it would leave a real
 * one. Nobody is called.
 */
export async function takeTransfer(
  transaction: ServerTransaction,
  leg: Leg,
  { onTransfer }: { readonly onTransfer: (transfer: Transfer) => void },
): Promise<void> {
  const { headers } = transaction.request
  const target = parseNameAddr(headers.get('Refer-To') ?? '')
  if (!target || headers.all('Refer-To').length !== 1) return transaction.respond({ status: 400 })
  const isUnwatched = headers.get('Refer-Sub')?.toLowerCase() === 'false'
  transaction.respond({
    status: 202,
    tag: tagOf(headers.get('To')),
    headers: [['Contact', leg.contact()], ...(isUnwatched ? [['Refer-Sub', 'false'] as const] : [])],
  })
  const by = parseNameAddr(headers.get('Referred-By') ?? '')?.uri ?? ''
  const plain = target.uri.replace(/\?.*$/, '')
  const uri = parseUri(plain)
  onTransfer({ uri: plain, to: uri ? userOf(uri) : '', by })
  if (isUnwatched) return
  await notify(leg, 'SIP/2.0 100 Trying', 'active;expires=60')
  await notify(leg, 'SIP/2.0 200 OK', 'terminated;reason=noresource')
}

async function notify(leg: Leg, line: string, state: string): Promise<void> {
  const headers = [
    ['Event', 'refer'],
    ['Subscription-State', state],
    ['Contact', leg.contact()],
  ] as const
  await leg.send('NOTIFY', { headers, body: { type: 'message/sipfrag;version=2.0', content: `${line}\r\n` } })
}
