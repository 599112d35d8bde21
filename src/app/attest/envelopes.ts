import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openEnvelope, type OpenedEnvelope, sealStatement } from '../../adapters/attest/dsse.js'
import { type PrivateKey, KeyUnusable, readPrivateKey } from '../../adapters/attest/keys.js'
import { sigstoreBundle } from '../../adapters/attest/sigstore-bundle.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import { privateFile } from '../../adapters/stores/make-folders.js'
import { type Envelope, type Statement, statementPayload, statementType } from '../../domain/attestation.js'
import { isRecord } from '../../domain/json-value.js'
import { keepPublicKey } from './public-keys.js'
import { AttestRefused } from './refused.js'

/** A line of a file of envelopes. Without an envelope, it is none. */
export interface EnvelopeLine {
  /** From 1. */
  readonly number: number
  readonly opened?: OpenedEnvelope
  /** What it states, if that is an in-toto statement. Nobody has checked its signature. */
  readonly statement?: Statement
}

/** The envelopes of a file, which may be missing. @throws {StoreError} when it cannot be read. */
export function readEnvelopes(path: string): EnvelopeLine[] {
  if (!existsSync(path)) return []
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Name a file that you may read.')
  }
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [{ number: i + 1, ...contentOf(line) }]))
}

function contentOf(line: string): Omit<EnvelopeLine, 'number'> {
  const opened = openEnvelope(line)
  const statement = opened && statementIn(opened)
  return { ...(opened && { opened }), ...(statement && { statement }) }
}

function statementIn({ envelope, body }: OpenedEnvelope): Statement | undefined {
  if (envelope.payloadType !== statementPayload) return undefined
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (!isRecord(value) || value['_type'] !== statementType || !Array.isArray(value['subject'])) return undefined
    const isWhole = typeof value['predicateType'] === 'string' && isRecord(value['predicate']) && value['subject'].every(isSubject)
    return isWhole ? (value as unknown as Statement) : undefined
  } catch {
    return undefined
  }
}

function isSubject(value: unknown): boolean {
  return isRecord(value) && isRecord(value['digest'])
}

/** The envelopes as they are signed, with a bundle for Sigstore's tools beside them if that is wanted. */
export interface Signing {
  readonly key: PrivateKey
  readonly sigstore?: boolean
}

/**
 * Signs a statement, and adds it to a file of envelopes.
 *
 * @returns The files that were written.
 * @throws {StoreError} when one cannot be written.
 */
export function addEnvelope(path: string, statement: Statement, { key, sigstore = false }: Signing): readonly string[] {
  const envelope = sealStatement(statement, key)
  const lines = readEnvelopes(path)
  // To attest the same result again with the same key adds nothing.
  const known = lines.findIndex(({ opened }) => opened && isSame(opened.envelope, envelope))
  const bundle = join(dirname(path), `${known === -1 ? lines.length + 1 : known + 1}.sigstore.json`)
  try {
    if (known === -1) appendFileSync(path, `${JSON.stringify(envelope)}\n`, { mode: privateFile })
    if (sigstore) writeFileSync(bundle, sigstoreBundle(known === -1 ? envelope : lines[known]!.opened!.envelope), { mode: privateFile })
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'It must be a file that you may write.')
  }
  keepPublicKey(dirname(path), key)
  return [path, ...(sigstore ? [bundle] : [])]
}

function isSame(a: Envelope, b: Envelope): boolean {
  return a.payload === b.payload && a.signatures[0]?.keyid === b.signatures[0]?.keyid
}

/** @param path  A file in PEM. @param passphrase  Of an encrypted key. @throws {AttestRefused} when it cannot be used. */
export function readSigningKey(path: string, passphrase: string | undefined): PrivateKey {
  try {
    return readPrivateKey(readFileSync(path, 'utf8'), passphrase)
  } catch (cause) {
    if (cause instanceof KeyUnusable) throw new AttestRefused(`The key ${path} cannot be used: ${cause.message}.`, { cause })
    throw storeFailure('unreadable', `Cannot read the key ${path}`, cause, 'Make one with: callsheet key --sign')
  }
}
