import { BlockList, isIP } from 'node:net'
import type { Core } from './core.js'
import type { Flow, Peer } from './network.js'
import { protocolOf, resolveUri } from './resolve.js'
import { parseUri, type Uri } from './uri.js'

/** Where the requests of one dialog go. A name is looked up once: its first address is used for as long as the dialog lasts. */
export class Hops {
  readonly #found = new Map<string, Peer>()

  constructor(private readonly core: Core) {}

  /** Notes where a URI led. */
  keep(uri: Uri, peer: Peer): void {
    this.#found.set(keyOf(uri), peer)
  }

  /**
   * The flow to the next hop.
   *
   * @param last  The flow that was used before. A connection is used for whatever goes to the same address.
   * @throws A network error.
   */
  async flowTo(nextHop: string, last: Flow): Promise<Flow> {
    const uri = parseUri(nextHop)
    // A far side that names no place, or one behind its NAT that nobody else can reach, is answered where it speaks from.
    const isNowhere = !uri || uri.scheme === 'tel' || (isPrivate(uri.host) && !isPrivate(last.peer.address))
    if (isNowhere) return last.isOpen ? last : await this.core.reach({ protocol: last.protocol, ...last.peer })
    const peer = this.#found.get(keyOf(uri)) ?? (await this.#resolve(uri))
    if (last.protocol !== 'udp' && last.isOpen && last.protocol === peer.protocol && last.peer.address === peer.address) return last
    return await this.core.reach(peer)
  }

  async #resolve(uri: Uri): Promise<Peer> {
    const [peer] = await resolveUri(uri, this.core.use)
    this.keep(uri, peer!)
    return peer!
  }
}

function keyOf(uri: Uri): string {
  return `${protocolOf(uri)} ${uri.params.get('maddr') ?? uri.host} ${uri.port ?? ''}`
}

const privateRanges = new BlockList()
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  privateRanges.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateRanges.addSubnet(network, bits, 'ipv6')

/** Whether an address is of a network of its own (RFC 1918, 6598, 4193). A name is not. */
function isPrivate(host: string): boolean {
  const family = isIP(host)
  // Peers on this very machine speak from its loopback address.
  return family !== 0 && (privateRanges.check(host, family === 4 ? 'ipv4' : 'ipv6') || host.startsWith('127.') || host === '::1')
}
