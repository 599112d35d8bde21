import { isIPv6 } from 'node:net'
import type { Egress } from '../../../../ports/channel.js'

/** Why an address may not be reached, as a clause; `undefined` if it may. */
export function egressRefusal(egress: Egress): (address: string) => string | undefined {
  return address => egress.refusal(new URL(`http://${isIPv6(address) ? `[${address}]` : address}`))
}
