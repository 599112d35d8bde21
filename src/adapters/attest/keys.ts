import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

declare const brand: unique symbol
/** An Ed25519 or a P-256 key. */
export type PrivateKey = KeyObject & { readonly [brand]: 'private' }
export type PublicKey = KeyObject & { readonly [brand]: 'public' }

/** A key cannot be used. The message says why, as half a sentence. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable'
}

/** @param passphrase  Of an encrypted key. @throws {KeyUnusable} */
export function readPrivateKey(pem: string, passphrase: string | undefined): PrivateKey {
  if (pem.includes('BEGIN OPENSSH PRIVATE KEY')) {
    throw new KeyUnusable('it is an OpenSSH key, which Node.js cannot read. Make a key with: callsheet key --sign')
  }
  return ofKnownKind(
    parsed(() => createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) }), passphrase),
  ) as PrivateKey
}

/** @throws {KeyUnusable} */
export function readPublicKey(pem: string): PublicKey {
  if (pem.includes('PRIVATE KEY')) throw new KeyUnusable('it is a private key. Name the file of its public key')
  return ofKnownKind(parsed(() => createPublicKey(pem))) as PublicKey
}

export function publicKeyOf(key: PrivateKey): PublicKey {
  return createPublicKey(key) as PublicKey
}

/** SHA-256 of a public key as SPKI in DER, hexadecimal. */
export function keyIdOf(key: PrivateKey | PublicKey): string {
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex')
}

export function isEllipticCurve({ asymmetricKeyType }: KeyObject): boolean {
  return asymmetricKeyType === 'ec'
}

export type KeyKind = 'ed25519' | 'p256'

/** A new pair of keys as PEM: PKCS#8, encrypted if there is a passphrase, and SPKI. */
export function makeKeys(
  kind: KeyKind,
  passphrase: string | undefined,
): { readonly private: string; readonly public: string; readonly id: string } {
  const pair = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }
  return {
    private: pair.privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }) as string,
    public: pair.publicKey.export({ type: 'spki', format: 'pem' }) as string,
    id: keyIdOf(pair.publicKey as PublicKey),
  }
}

function parsed(read: () => KeyObject, passphrase?: string): KeyObject {
  try {
    return read()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : ''
    if (/passphrase|bad decrypt|interrupted/i.test(message)) {
      const how = passphrase === undefined ? '. Set CALLSHEET_KEY_PASSPHRASE' : ' with another passphrase than CALLSHEET_KEY_PASSPHRASE'
      throw new KeyUnusable(`it is encrypted${how}`, { cause })
    }
    throw new KeyUnusable('it is not a key in PEM (PKCS#8, or SPKI for a public one)', { cause })
  }
}

function ofKnownKind(key: KeyObject): KeyObject {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'ed25519' || (type === 'ec' && details?.namedCurve === 'prime256v1')) return key
  throw new KeyUnusable(`it is a key of the kind ${type ?? 'unknown'}. Use Ed25519 or P-256`)
}
