import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type KeyKind, makeKeys } from '../../adapters/attest/keys.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import { makeFolders, privateFile } from '../../adapters/stores/make-folders.js'

/** The files of a new pair of keys. */
export interface KeyFiles {
  readonly private: string
  readonly public: string
  /** SHA-256 of the public key, hexadecimal. */
  readonly id: string
}

/**
 * Makes a pair of keys for signing, and writes `<name>.key.pem` and `<name>.pub.pem`. It overwrites nothing.
 *
 * @param passphrase  Encrypts the private key.
 * @throws {StoreError} when a file exists or cannot be written.
 */
export function makeKeyFiles(name: string, kind: KeyKind, passphrase: string | undefined): KeyFiles {
  const keys = makeKeys(kind, passphrase)
  const files = { private: `${name}.key.pem`, public: `${name}.pub.pem`, id: keys.id }
  writeNew(files.private, keys.private, privateFile)
  writeNew(files.public, keys.public, 0o644)
  return files
}

function writeNew(path: string, text: string, mode: number): void {
  try {
    makeFolders(dirname(path))
    writeFileSync(path, text, { flag: 'wx', mode })
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'Choose another name with --out.')
  }
}
