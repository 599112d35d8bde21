import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

/** The address of this machine that packets to a peer leave from. Nothing is sent. */
export function localAddressFor(peer: string): Promise<string> {
  const socket = createSocket(isIPv6(peer) ? 'udp6' : 'udp4')
  return new Promise<string>((resolve, reject) => {
    socket.once('error', reject)
    socket.connect(9, peer, () => resolve(socket.address().address))
  }).finally(() => socket.close())
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}
