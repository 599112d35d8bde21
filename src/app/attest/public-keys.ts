import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyIdOf, KeyUnusable, type PrivateKey, type PublicKey, publicKeyOf, readPublicKey } from '../../adapters/attest/keys.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import { privateFile } from '../../adapters/stores/make-folders.js'
import { signersFile } from '../../domain/attestation.js'

/**
 * Keeps the public key of a signature beside its envelope, so that a page can check the one with the other. Whose key it is, it does not
 * say: `callsheet verify` trusts no key but those that it is given.
 *
 * @throws {StoreError} when it cannot be written.
 */
export function keepPublicKey(folder: string, key: PrivateKey): void {
  if (publicKeysIn(folder).has(keyIdOf(key))) return
  const path = join(folder, signersFile)
  try {
    writeFileSync(path, publicKeyOf(key).export({ type: 'spki', format: 'pem' }), { flag: 'a', mode: privateFile })
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'It must be a file that you may write.')
  }
}

/** By their ids. A file that holds no keys holds none. */
export function publicKeysIn(folder: string): ReadonlyMap<string, PublicKey> {
  const path = join(folder, signersFile)
  const pems = existsSync(path) ? (readFileSync(path, 'utf8').match(/-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g) ?? []) : []
  const keys = new Map<string, PublicKey>()
  for (const pem of pems) {
    try {
      const key = readPublicKey(pem)
      keys.set(keyIdOf(key), key)
    } catch (cause) {
      if (!(cause instanceof KeyUnusable)) throw cause
    }
  }
  return keys
}
