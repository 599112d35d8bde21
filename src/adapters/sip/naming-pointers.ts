import type { Protocol } from './network.js'

/** What a domain says of a service that it has (NAPTR, RFC 3403). */
export interface NamingPointer {
  readonly flags: string
  /** `SIP+D2U` */
  readonly service: string
  /** Where the servers of it are named. */
  readonly replacement: string
  readonly order: number
  readonly preference: number
}

/** How to reach a domain, and the name that has its servers. */
export interface Way {
  readonly protocol: Protocol
  readonly name: string
}

const protocols: Readonly<Record<string, Protocol>> = { 'SIP+D2U': 'udp', 'SIP+D2T': 'tcp', 'SIPS+D2T': 'tls' }

/** The way that the domain prefers among those that we speak (RFC 3263, 4.1). @param isSecure  Whether only TLS will do. */
export function preferredWay(pointers: readonly NamingPointer[], isSecure: boolean): Way | undefined {
  const ways = pointers
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap(({ flags, service, replacement }): Way[] => {
      const protocol = protocols[service.toUpperCase()]
      const isOne = protocol !== undefined && flags.toLowerCase() === 's' && replacement !== ''
      return isOne && (!isSecure || protocol === 'tls') ? [{ protocol, name: replacement }] : []
    })
  return ways[0]
}
