import { randomBytes } from 'node:crypto'
import type { SrtpSuite } from '../agreed-media.js'

/** One `a=crypto` of a session description (RFC 4568). */
export interface CryptoLine {
  readonly tag: number
  readonly suite: SrtpSuite
  /** With its salt: 30 bytes, in base64. */
  readonly key: string
}

export const srtpSuites: readonly SrtpSuite[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32']

const keyBytes = 30

/**
 * Reads the parts of an `a=crypto`.
 *
 * @returns `undefined` for one that is not understood, which is passed over: another suite, several keys, a key identifier (MKI), or session
 *   parameters that change what packets look like.
 */
export function readCrypto(tag: unknown, suite: unknown, config: unknown, parameters: unknown): CryptoLine | undefined {
  if (typeof tag !== 'number' || typeof config !== 'string' || !srtpSuites.includes(suite as SrtpSuite)) return undefined
  if (parameters !== undefined && (typeof parameters !== 'string' || !/^( *WSH=\d+)*$/.test(parameters))) return undefined
  const [, key = '', more = ''] = /^inline:([A-Za-z\d+/]+={0,2})((?:\|[^|;\s]*)*)$/.exec(config) ?? []
  const isKeyIdentified = more.split('|').some(part => part.includes(':'))
  if (isKeyIdentified || Buffer.from(key, 'base64').length !== keyBytes) return undefined
  return { tag, suite: suite as SrtpSuite, key }
}

/** Lines to offer, with new keys, the strongest first. */
export function newCrypto(): readonly CryptoLine[] {
  return srtpSuites.map((suite, index) => ({ tag: index + 1, suite, key: newKey() }))
}

export function newKey(): string {
  return randomBytes(keyBytes).toString('base64')
}
