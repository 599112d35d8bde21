import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

/** Packets of more peers at once than that are dropped, and of more peers in all looked up again. */
const [mostLookups, mostKept] = [64, 1_000]

/** Which address of this machine a peer sees, where we listen on all of them. */
export class LocalAddresses {
  readonly #known = new Map<string, string>()
  readonly #sought = new Map<string, Promise<string>>()

  /** @returns `undefined` if it has not been looked up. */
  known(peer: string): string | undefined {
    return this.#known.get(peer)
  }

  /** @throws A network error if there is no way to the peer, or if too many are looked up at once. */
  async find(peer: string): Promise<string> {
    const sought = this.#sought.get(peer)
    if (!sought && this.#sought.size >= mostLookups) throw Object.assign(new Error('too many peers at once'), { code: 'EAGAIN' })
    const seeking = sought ?? addressTowards(peer).finally(() => this.#sought.delete(peer))
    this.#sought.set(peer, seeking)
    const address = await seeking
    if (this.#known.size >= mostKept) this.#known.clear()
    this.#known.set(peer, address)
    return address
  }
}

/** The address that packets to a peer leave from. Nothing is sent. */
function addressTowards(peer: string): Promise<string> {
  const socket = createSocket(isIPv6(peer) ? 'udp6' : 'udp4')
  return new Promise<string>((resolve, reject) => {
    socket.once('error', reject)
    socket.connect(9, peer, () => resolve(socket.address().address))
  }).finally(() => socket.close())
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}
