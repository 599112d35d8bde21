import { isIPv6 } from 'node:net'
import { isDialled, withoutSeparators } from '../../domain/phone-number.js'
import { noParams, parseParams, writeParams, type Params } from './params.js'

/** A `sip:`, `sips:` or `tel:` URI (RFC 3261, 19.1; RFC 3966). */
export interface Uri {
  readonly scheme: 'sip' | 'sips' | 'tel'
  /** As it is escaped there; the number of a `tel:` URI. */
  readonly user: string
  /** In lower case, an IPv6 address without its brackets; `''` in a `tel:` URI. */
  readonly host: string
  readonly port?: number | undefined
  readonly params: Params
}

const sip = /^(sips?):(?:([^@]*)@)?(\[[\da-f:.%]+\]|[\w.-]+)(?::(\d{1,5}))?(;[^?]*)?(\?.*)?$/i
const tel = /^tel:([+\d*#a-f().-]+)(;.*)?$/i

/** @returns `undefined` for other schemes, and for what is no URI. Passwords and headers in it are dropped. */
export function parseUri(text: string): Uri | undefined {
  if (/[\s<>"]/.test(text)) return undefined
  const found = sip.exec(text)
  if (!found) return parseTel(text)
  const [, scheme = '', user = '', host = '', port, params = ''] = found
  const read = parseParams(params)
  if (!read || (port !== undefined && Number(port) > 65_535)) return undefined
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  if (host.startsWith('[') && !isIPv6(bare)) return undefined
  return {
    scheme: scheme.toLowerCase() as 'sip' | 'sips',
    user: user.replace(/:.*$/, ''),
    host: bare.toLowerCase(),
    port: port === undefined ? undefined : Number(port),
    params: read,
  }
}

export function writeUri({ scheme, user, host, port, params }: Uri): string {
  const at = scheme === 'tel' ? user : `${user && `${user}@`}${bracketed(host)}${port === undefined ? '' : `:${port}`}`
  return `${scheme}:${at}${writeParams(params)}`
}

/** A host as URIs and Via name it. */
export function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host
}

/** `192.0.2.1:5060`, `[2001:db8::1]:5060` */
export function hostAndPort(host: string, port: number | undefined): string {
  return port === undefined ? bracketed(host) : `${bracketed(host)}:${port}`
}

/** The telephone number or name that a URI is for: unescaped, a number without its visual separators. */
export function userOf({ user }: Uri): string {
  let plain = user.replace(/;.*$/, '')
  try {
    plain = decodeURIComponent(plain)
  } catch {
    // What is not escaped correctly stands as it is.
  }
  return isDialled(plain) ? withoutSeparators(plain) : plain
}

/** A name or number as the user of a URI. */
export function escapedUser(name: string): string {
  return name.replaceAll(/[^\w\-.!~*'()&=+$,;?/]/gu, letter => encodeURIComponent(letter))
}

function parseTel(text: string): Uri | undefined {
  const found = tel.exec(text)
  if (!found) return undefined
  const params = parseParams(found[2] ?? '')
  return params && { scheme: 'tel', user: found[1] ?? '', host: '', params: params.size === 0 ? noParams : params }
}
