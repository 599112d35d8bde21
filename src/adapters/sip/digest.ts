import { createHash } from 'node:crypto'
import type { Challenge } from './challenge.js'
import { quoted } from './params.js'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** The request that an answer to a challenge is for. */
export interface Challenged {
  readonly method: string
  readonly uri: string
  readonly body: string
}

/** The client's own part of an answer. */
export interface ClientNonce {
  readonly cnonce: string
  /** How many requests used the server's nonce, this one included. */
  readonly count: number
}

/** The value of Authorization or Proxy-Authorization that answers a challenge (RFC 7616, 3.4). */
export function answerTo(challenge: Challenge, credentials: Credentials, request: Challenged, own: ClientNonce): string {
  const { realm, nonce, opaque, algorithmName, qop } = challenge
  const nc = own.count.toString(16).padStart(8, '0')
  const fields = [
    `username=${quoted(credentials.username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.uri)}`,
    `response="${digestOf(challenge, credentials, request, { cnonce: own.cnonce, nc })}"`,
  ]
  if (algorithmName !== undefined) fields.push(`algorithm=${algorithmName}`)
  if (opaque !== undefined) fields.push(`opaque=${quoted(opaque)}`)
  if (qop !== undefined) fields.push(`qop=${qop}`, `cnonce=${quoted(own.cnonce)}`, `nc=${nc}`)
  else if (challenge.algorithm.isSession) fields.push(`cnonce=${quoted(own.cnonce)}`)
  return `Digest ${fields.join(', ')}`
}

function digestOf(
  { algorithm, realm, nonce, qop }: Challenge,
  { username, password }: Credentials,
  { method, uri, body }: Challenged,
  { cnonce, nc }: { cnonce: string; nc: string },
): string {
  const hash = (text: string): string => createHash(algorithm.hash).update(text).digest('hex')
  const secret = hash(`${username}:${realm}:${password}`)
  const key = algorithm.isSession ? hash(`${secret}:${nonce}:${cnonce}`) : secret
  const asked = hash(qop === 'auth-int' ? `${method}:${uri}:${hash(body)}` : `${method}:${uri}`)
  return hash(qop === undefined ? `${key}:${nonce}:${asked}` : `${key}:${nonce}:${nc}:${cnonce}:${qop}:${asked}`)
}
