import { createCipheriv } from 'node:crypto'

/** The keys of one direction, for RTP or for RTCP. */
export interface SessionKeys {
  readonly cipher: Buffer
  readonly salt: Buffer
  readonly authentication: Buffer
}

const labels = { rtp: { cipher: 0, authentication: 1, salt: 2 }, rtcp: { cipher: 3, authentication: 4, salt: 5 } } as const

/** Derives session keys from a key with its salt, 16 and 14 bytes (RFC 3711, 4.3; the rate of key derivation is zero). */
export function deriveKeys(keyAndSalt: Buffer, kind: 'rtp' | 'rtcp'): SessionKeys {
  const key = keyAndSalt.subarray(0, 16)
  const salt = keyAndSalt.subarray(16, 30)
  const derive = (label: number, length: number): Buffer => {
    const iv = Buffer.alloc(16)
    iv.set(salt)
    iv[7]! ^= label
    return createCipheriv('aes-128-ctr', key, iv).update(Buffer.alloc(length))
  }
  const { cipher, authentication, salt: forSalt } = labels[kind]
  return { cipher: derive(cipher, 16), salt: derive(forSalt, 14), authentication: derive(authentication, 20) }
}
