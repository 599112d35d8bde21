import { unquoted } from './params.js'

/** What a server asks of us before it does what we ask (RFC 7616, 3.3; RFC 8760). */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | undefined
  readonly algorithm: Algorithm
  /** As the server spells the algorithm; `undefined` if it names none, which means MD5. */
  readonly algorithmName: string | undefined
  /** `undefined` if the server is of before RFC 2617. */
  readonly qop: 'auth' | 'auth-int' | undefined
  /** Only the nonce was too old; the password was right. */
  readonly isStale: boolean
}

export interface Algorithm {
  /** Its name in node:crypto. */
  readonly hash: 'md5' | 'sha256' | 'sha512-256'
  /** Whether the key of a session is made of the first nonces (-sess). */
  readonly isSession: boolean
}

const hashes = { 'md5': 'md5', 'sha-256': 'sha256', 'sha-512-256': 'sha512-256' } as const

const parameter = /([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,]*)\s*(?:,\s*|$)/gy

/** @returns `undefined` for other schemes, for algorithms and qualities that we do not know, and for what is no challenge. */
export function parseChallenge(value: string): Challenge | undefined {
  const [, rest] = /^Digest\s+(.*)$/is.exec(value) ?? []
  if (rest === undefined) return undefined
  const params = new Map<string, string>()
  for (const [, name = '', given = ''] of rest.matchAll(parameter)) params.set(name.toLowerCase(), unquoted(given))
  const [realm, nonce, algorithmName] = [params.get('realm'), params.get('nonce'), params.get('algorithm')]
  const algorithm = algorithmOf(algorithmName ?? 'MD5')
  const qop = qopOf(params.get('qop'))
  if (realm === undefined || nonce === undefined || !algorithm || qop === 'unknown') return undefined
  const isStale = params.get('stale')?.toLowerCase() === 'true'
  return { realm, nonce, opaque: params.get('opaque'), algorithm, algorithmName, qop, isStale }
}

function algorithmOf(name: string): Algorithm | undefined {
  const lower = name.toLowerCase()
  const plain = lower.replace(/-sess$/, '')
  const hash = Object.hasOwn(hashes, plain) ? hashes[plain as keyof typeof hashes] : undefined
  return hash && { hash, isSession: plain !== lower }
}

/** A server may offer a list: `auth,auth-int`. */
function qopOf(value: string | undefined): Challenge['qop'] | 'unknown' {
  if (value === undefined || value === '') return undefined
  const offered = value.toLowerCase().split(/\s*,\s*/)
  if (offered.includes('auth')) return 'auth'
  return offered.includes('auth-int') ? 'auth-int' : 'unknown'
}
