import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isSignedBy, type OpenedEnvelope } from '../../adapters/attest/dsse.js'
import { keyIdOf, KeyUnusable, type PublicKey, readPublicKey } from '../../adapters/attest/keys.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import { isRecord } from '../../domain/json-value.js'
import { StoreError } from '../../ports/store.js'
import { readYaml } from './read-exceptions.js'
import { AttestRefused } from './refused.js'

/** A key that somebody trusts, and what its owner may sign as. */
export interface TrustedKey {
  readonly name: string
  readonly roles: readonly string[]
  readonly key: PublicKey
  /** SHA-256 of the key, hexadecimal. */
  readonly id: string
}

/** An authority of time that somebody trusts. */
export interface Authority {
  readonly name: string
  /** Its own, or of what certifies it. */
  readonly certificate: X509Certificate
}

/**
 * The authorities of time of a YAML file: `authorities`, a list of `name` and `certificate` (a file beside it, or the PEM itself).
 *
 * @throws {AttestRefused} when it is malformed. @throws {StoreError} when a file cannot be read.
 */
export function readAuthorities(path: string): Authority[] {
  const value = readYaml(path)
  const list = isRecord(value) ? (value['authorities'] ?? []) : []
  if (!Array.isArray(list)) throw new AttestRefused(`${path} has no list under authorities. Each needs name and certificate.`)
  return list.map((each, i) => {
    const { name, certificate: pem } = isRecord(each) ? each : {}
    if (typeof name !== 'string' || typeof pem !== 'string')
      throw new AttestRefused(`${path}: authority ${i + 1} needs a name and a certificate.`)
    try {
      return { name, certificate: new X509Certificate(pem.includes('-----BEGIN') ? pem : fileOf(resolve(dirname(path), pem))) }
    } catch (cause) {
      if (cause instanceof StoreError) throw cause
      throw new AttestRefused(`${path}: the certificate of ${name} cannot be used: it is not a certificate in PEM.`, { cause })
    }
  })
}

/**
 * The keys of a YAML file: `keys`, a list of `name`, `public` (a file beside it, or the PEM itself) and `roles`.
 *
 * @throws {AttestRefused} when it is malformed. @throws {StoreError} when a file cannot be read.
 */
export function readTrustedKeys(path: string): TrustedKey[] {
  const value = readYaml(path)
  const list = isRecord(value) ? value['keys'] : undefined
  if (!Array.isArray(list)) throw new AttestRefused(`${path} has no list under keys. Each key needs name, public and roles.`)
  const keys = list.map((each, i) => trustedKey(each, i + 1, path))
  const doubled = keys.find(({ id }, i) => keys.findIndex(other => other.id === id) < i)
  if (doubled) throw new AttestRefused(`${path} has the key of ${doubled.name} twice. A key counts once: name it once, with all its roles.`)
  return keys
}

function trustedKey(value: unknown, number: number, path: string): TrustedKey {
  const { name, public: pem, roles = [] } = isRecord(value) ? value : {}
  const areRoles = Array.isArray(roles) && roles.every(role => typeof role === 'string')
  if (typeof name !== 'string' || typeof pem !== 'string' || !areRoles) {
    throw new AttestRefused(`${path}: key ${number} needs a name, a public key and a list of roles.`)
  }
  try {
    const key = readPublicKey(pem.includes('-----BEGIN') ? pem : fileOf(resolve(dirname(path), pem)))
    return { name, roles, key, id: keyIdOf(key) }
  } catch (cause) {
    if (cause instanceof KeyUnusable) throw new AttestRefused(`${path}: the key of ${name} cannot be used: ${cause.message}.`, { cause })
    throw cause
  }
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read the key ${path}`, cause, 'Name a file that you may read, relative to that of the keys.')
  }
}

/** Who signed an envelope, of those who are trusted. */
export function signersOf(envelope: OpenedEnvelope, keys: readonly TrustedKey[]): TrustedKey[] {
  return keys.filter(({ key }) => isSignedBy(envelope, key))
}

/**
 * The roles that cannot be filled with different keys: each key stands for one role only.
 *
 * @param required  A role may be named twice, for two people.
 */
export function unfilledRoles(required: readonly string[], signers: readonly TrustedKey[]): readonly string[] {
  const [role, ...rest] = required
  if (role === undefined) return []
  const tries = signers
    .filter(({ roles }) => roles.includes(role))
    .map(signer =>
      unfilledRoles(
        rest,
        signers.filter(({ id }) => id !== signer.id),
      ),
    )
  const without = [role, ...unfilledRoles(rest, signers)]
  return [...tries, without].reduce((best, each) => (each.length < best.length ? each : best))
}
