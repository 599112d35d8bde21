import { parseNameAddr } from '../../../src/adapters/sip/name-addr.js'
import { parseUri } from '../../../src/adapters/sip/uri.js'
import { startAnsweringPeer, type AnsweringPeer } from './answering-peer.js'

export interface Registrar extends AnsweringPeer {
  /** Where the last that registered takes calls. */
  contactPort(): number | undefined
}

/** Takes everybody who registers, and says nothing to anything else. */
export async function startRegistrar(address: string): Promise<Registrar> {
  let contactPort: number | undefined
  const peer = await startAnsweringPeer(address, ({ method, headers }) => {
    if (method !== 'REGISTER') return undefined
    const contact = headers.get('Contact') ?? ''
    contactPort = parseUri(parseNameAddr(contact)?.uri ?? '')?.port
    return { status: 200, headers: [['Contact', `${contact};expires=600`]] }
  })
  return { ...peer, contactPort: () => contactPort }
}
