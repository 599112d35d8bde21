import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Makes tokens that carry a value. Whoever has one can read it, and nobody else can make one. */
export interface TokenSigner {
  seal(value: unknown): string
  /** The value of a token; `undefined` if nobody here signed it. Takes the same time for every signature. */
  open(token: string): unknown
}

/**
 * @param purpose  Tokens of one purpose mean nothing to another.
 * @param secret  With it, tokens work beyond a restart, and on every server that has it.
 */
export function createTokenSigner(purpose: string, secret: string | undefined): TokenSigner {
  const key = secret ? createHash('sha256').update(`callsheet ${purpose}\0${secret}`).digest() : randomBytes(32)
  const sign = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest()
  return {
    seal(value) {
      const payload = Buffer.from(JSON.stringify(value)).toString('base64url')
      return `${payload}.${sign(payload).toString('base64url')}`
    },
    open(token) {
      const [payload = '', signature = ''] = token.split('.')
      const [given, own] = [Buffer.from(signature, 'base64url'), sign(payload)]
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined
      return JSON.parse(Buffer.from(payload, 'base64url').toString())
    },
  }
}
