import { lookup, Resolver as NodeResolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Random } from '../../ports/clock.js'
import { preferredWay, type NamingPointer } from './naming-pointers.js'
import type { Peer, Protocol } from './network.js'
import type { Uri } from './uri.js'

export interface ServiceRecord {
  readonly name: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/** The look-ups that finding a SIP server needs. Each throws where Node's would. */
export interface Dns {
  /** All addresses of a host, of both families. */
  addresses(host: string): Promise<string[]>
  services(name: string): Promise<ServiceRecord[]>
  pointers(domain: string): Promise<NamingPointer[]>
}

/** @param nameServers  Asked for services and pointers. Default: those of the machine. */
export function systemDns(nameServers?: readonly string[]): Dns {
  const resolver = new NodeResolver({ timeout: 3_000, tries: 2 })
  if (nameServers) resolver.setServers(nameServers)
  return {
    // As the rest of the machine does it: the hosts file counts.
    addresses: async host => (await lookup(host, { all: true })).map(({ address }) => address),
    services: name => resolver.resolveSrv(name),
    pointers: domain => resolver.resolveNaptr(domain),
  }
}

/**
 * Where a request to a URI goes (RFC 3263): to its address; to its host and port; or to the servers that DNS names for its domain, in
 * their order and over what the domain prefers, unless the URI says it; and where DNS names none, to the host itself.
 *
 * @returns At least one.
 * @throws An error with the code ENOTFOUND or that of the look-up.
 */
export async function resolveUri(uri: Uri, { dns, random }: { readonly dns: Dns; readonly random: Random }): Promise<Peer[]> {
  const host = uri.params.get('maddr') ?? uri.host
  if (host === '') throw Object.assign(new Error('a tel: URI names no host'), { code: 'ENOTFOUND' })
  const usual = protocolOf(uri)
  const standardPort = usual === 'tls' ? 5061 : 5060
  if (isIP(host) !== 0) return [{ protocol: usual, address: host, port: uri.port ?? standardPort }]
  const { protocol, servers } =
    uri.port === undefined ? await serversFor(uri, host, { dns, random }) : { protocol: usual, servers: [] as ServiceRecord[] }
  const tried = servers.length > 0 ? servers : [{ name: host, port: uri.port ?? standardPort }]
  const peers: Peer[] = []
  let failure: unknown
  for (const { name, port } of tried) {
    try {
      // A certificate is for the domain that was asked for, not for the server that DNS named (RFC 5922).
      for (const address of await addressesOf(name, dns)) peers.push({ protocol, address, port, host })
    } catch (cause) {
      failure = cause
    }
  }
  if (peers.length === 0) throw failure ?? Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' })
  return peers
}

/** UDP unless the URI says otherwise; `sips:` is TLS. */
export function protocolOf({ scheme, params }: Uri): Protocol {
  const transport = params.get('transport')?.toLowerCase()
  if (scheme === 'sips' || transport === 'tls') return 'tls'
  return transport === 'tcp' ? 'tcp' : 'udp'
}

async function addressesOf(name: string, dns: Dns): Promise<string[]> {
  if (isIP(name) !== 0) return [name]
  const addresses = await dns.addresses(name)
  // IPv4 first: a SIP server that answers over IPv6 only is still found, later.
  return addresses.toSorted((a, b) => isIP(a) - isIP(b))
}

interface LookUp {
  readonly dns: Dns
  readonly random: Random
}

/** Both questions are asked at once: most domains answer only the second. */
async function serversFor(uri: Uri, host: string, lookUp: LookUp): Promise<{ protocol: Protocol; servers: ServiceRecord[] }> {
  const protocol = protocolOf(uri)
  const service = { udp: '_sip._udp', tcp: '_sip._tcp', tls: '_sips._tcp' }[protocol]
  const isOpen = uri.params.get('transport') === undefined
  const [pointers, servers] = await Promise.all([
    isOpen ? lookUp.dns.pointers(host).catch(() => []) : [],
    serversAt(`${service}.${host}`, lookUp),
  ])
  const way = preferredWay(pointers, protocol === 'tls')
  const preferred = way ? await serversAt(way.name, lookUp) : []
  return way && preferred.length > 0 ? { protocol: way.protocol, servers: preferred } : { protocol, servers }
}

/** No records, and no DNS that knows of such records, is the same: the host is asked for its address instead. */
async function serversAt(name: string, { dns, random }: LookUp): Promise<ServiceRecord[]> {
  try {
    return inOrder(await dns.services(name), random)
  } catch {
    return []
  }
}

/** By priority, and within one by weighted lot (RFC 2782). */
function inOrder(records: readonly ServiceRecord[], random: Random): ServiceRecord[] {
  const lots = new Map(records.map(record => [record, record.weight === 0 ? 1 : random() ** (1 / record.weight)]))
  return records.toSorted(
    (a, b) => a.priority - b.priority || Number(b.weight > 0) - Number(a.weight > 0) || (lots.get(b) ?? 0) - (lots.get(a) ?? 0),
  )
}
