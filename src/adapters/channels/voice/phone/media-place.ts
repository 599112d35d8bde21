import { isIP } from 'node:net'
import type { SipConnection } from '../../../../domain/connection.js'
import type { SrtpPolicy } from '../../../../domain/trunk.js'
import { LocalAddresses } from '../../../sip/local-address.js'
import { resolveUri, systemDns } from '../../../sip/resolve.js'
import type { Uri } from '../../../sip/uri.js'
import type { Phone } from './phones.js'
import type { MediaPlace } from './thread-media.js'

const addresses = new LocalAddresses()
const dns = systemDns()

/** What is done about encryption. */
export function srtpOf({ srtp, trunk }: SipConnection): SrtpPolicy {
  return srtp ?? trunk?.srtp ?? 'allowed'
}

/** Where the sound of a call is: at the address of ours from which packets to a server leave. @throws A network error if there is no way. */
export async function mediaPlaceTo(to: Uri, connection: SipConnection, { publicAddress }: Phone): Promise<MediaPlace> {
  const [peer] = isIP(to.host) ? [{ address: to.host }] : await resolveUri(to, { dns, random: Math.random })
  const bind = await addresses.find(peer.address)
  return { bind, advertise: publicAddress, srtp: srtpOf(connection), ports: connection.trunk?.listen?.rtpPorts }
}
