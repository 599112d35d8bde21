import { readFileSync } from 'node:fs'
import { KeyUnusable, type PrivateKey, readPrivateKey } from '../../adapters/attest/keys.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import type { Environment } from '../../domain/environment.js'
import { AttestRefused } from './refused.js'

/** @param path  A file in PEM. @param passphrase  Of an encrypted key. @throws {AttestRefused} when it cannot be used. */
export function readSigningKey(path: string, passphrase: string | undefined): PrivateKey {
  try {
    return readPrivateKey(readFileSync(path, 'utf8'), passphrase)
  } catch (cause) {
    if (cause instanceof KeyUnusable) throw new AttestRefused(`The key ${path} cannot be used: ${cause.message}.`, { cause })
    throw storeFailure('unreadable', `Cannot read the key ${path}`, cause, 'Make one with: callsheet key --sign')
  }
}

/** The passphrase of private keys; `undefined` if they are not encrypted. */
export function passphraseOf(environment: Environment): string | undefined {
  return environment['CALLSHEET_KEY_PASSPHRASE'] || undefined
}
