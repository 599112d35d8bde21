import type { Place } from '../../domain/place.js'
import { lookup as lookUp } from 'node:dns'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { FaultError } from '../../domain/fault.js'
import type { Egress, Lookup } from '../../ports/channel.js'
import { connectFault } from './faults.js'

/**
 * Keeps API clients from using this server to reach hosts that only the server can reach. Each name is looked up once
 * and checked by the addresses actually connected to, so a name that resolves differently later gains nothing.
 *
 * @param allowedHosts  Names and addresses that are always allowed.
 */
export function createEgress(allowedHosts: readonly string[]): Egress {
  const allowed = new Set(allowedHosts.map(plainHost))
  const lookup: Lookup = (host, options, callback) => {
    lookUp(host, { family: options.family ?? 0, hints: options.hints ?? 0, all: true }, (error, found) => {
      if (error) return callback(error, '')
      // Which address that is stays here: it would tell clients about the network of this server.
      if (!allowed.has(plainHost(host)) && !found.every(({ address }) => isPublic(address)))
        return callback(new EgressError(`${host} leads to an address that is not public`), '')
      if (options.all) return callback(null, found)
      const [first] = found
      callback(null, first?.address ?? '', first?.family)
    })
  }
  return {
    allowedHosts,
    refusal({ hostname }) {
      const host = plainHost(hostname)
      if (allowed.has(host)) return undefined
      const isLocal = host === 'localhost' || host.endsWith('.localhost')
      return isLocal || (isIP(host) && !isPublic(host)) ? `${host} is not an address of the public network` : undefined
    },
    lookup,
  }
}

/** @throws {FaultError} when the URL's host is forbidden, before any lookup. */
export function refuseForbidden(url: URL, egress: Egress | undefined, place: Place): void {
  const refused = egress?.refusal(url)
  if (refused !== undefined) throw new FaultError(connectFault(new EgressError(refused), place))
}

/** A connection refused before it was made. */
class EgressError extends Error {
  override readonly name = 'EgressError'
  readonly code = 'EGRESS_REFUSED'
}

/** The host without the brackets and the final dot that URLs allow. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

/**
 * Whether an address is public.
 *
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890): addresses that are not globally reachable are
 *   blocked.
 */
export function isPublic(address: string): boolean {
  if (!isIPv6(address)) return isIP(address) === 4 && !blocked.check(address, 'ipv4')
  const words = wordsOf(address)
  const last = `${words[6]! >> 8}.${words[6]! & 255}.${words[7]! >> 8}.${words[7]! & 255}`
  // An IPv6 address that stands for an IPv4 address is checked as that one: mapped (RFC 4291) or translated (NAT64, RFC
  // 6052).
  const isMapped = words.slice(0, 5).every(word => word === 0) && words[5] === 0xffff
  const isTranslated = words[0] === 0x64 && words[1] === 0xff9b && words.slice(2, 6).every(word => word === 0)
  return isMapped || isTranslated ? isPublic(last) : !blocked.check(address.replace(/%.*$/, ''), 'ipv6')
}

/** The eight 16-bit words of an IPv6 address in any notation. */
function wordsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`)
  const [head = '', tail] = hostname.slice(1, -1).split('::')
  const [before, after] = [wordsIn(head), wordsIn(tail ?? '')]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}

function wordsIn(part: string): number[] {
  return part === '' ? [] : part.split(':').map(word => Number.parseInt(word, 16))
}

const blocked = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared, of carriers
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local: metadata of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // relays of 6to4
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const) {
  blocked.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  ['::', 96], // unspecified, loopback, and IPv4-compatible
  ['64:ff9b:1::', 48], // translated, locally
  ['100::', 64], // discarded
  ['2001::', 23], // protocol assignments, Teredo
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
  ['5f00::', 16], // segment routing
  ['fc00::', 7], // unique local
  ['fe80::', 10], // link-local
  ['fec0::', 10], // site-local
  ['ff00::', 8], // multicast
] as const) {
  blocked.addSubnet(network, prefix, 'ipv6')
}
