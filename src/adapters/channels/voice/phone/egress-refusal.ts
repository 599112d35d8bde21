import { isIPv6 } from 'node:net'
import type { Egress } from '../../../../ports/channel.js'

/** Why an address, by its number, may not be reached, as a clause; `undefined` if it may. A zone does not matter. */
export function egressRefusal(egress: Egress): (address: string) => string | undefined {
  return address => {
    const [plain = ''] = address.split('%')
    return egress.refusal(new URL(`http://${isIPv6(plain) ? `[${plain}]` : plain}`))
  }
}
