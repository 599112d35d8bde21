import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openEnvelope, type OpenedEnvelope, sealStatement, signaturesIn } from '../../adapters/attest/dsse.js'
import type { PrivateKey } from '../../adapters/attest/keys.js'
import { sigstoreBundle } from '../../adapters/attest/sigstore-bundle.js'
import { timestampQuery } from '../../adapters/attest/timestamp.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import { privateFile } from '../../adapters/stores/make-folders.js'
import { type Envelope, type Statement, statementPayload, statementType } from '../../domain/attestation.js'
import { isRecord, parsedOf } from '../../domain/json-value.js'
import { keepPublicKey } from './public-keys.js'

/** A line of a file of envelopes. Without an envelope, it is none. */
export interface EnvelopeLine {
  /** From 1. */
  readonly number: number
  readonly opened?: OpenedEnvelope
  /** What it states, if that is an in-toto statement. Nobody has checked its signature. */
  readonly statement?: Statement
}

/** The envelopes of a file, which may be missing, or the one of a bundle for Sigstore's tools. @throws {StoreError} when it cannot be read. */
export function readEnvelopes(path: string): EnvelopeLine[] {
  if (!existsSync(path)) return []
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Name a file that you may read.')
  }
  const bundled = bundledEnvelope(text)
  if (bundled) return [{ number: Number.parseInt(basename(path), 10) || 1, ...contentOf(JSON.stringify(bundled)) }]
  return envelopesIn(text)
}

/** One a line. */
export function envelopesIn(text: string): EnvelopeLine[] {
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [{ number: i + 1, ...contentOf(line) }]))
}

/** The envelope of a bundle for Sigstore's tools; `undefined` if the text is none. */
function bundledEnvelope(text: string): unknown {
  const value = parsedOf(text)
  return isRecord(value) ? value['dsseEnvelope'] : undefined
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

/** How an envelope is signed, and what is left beside it. */
export interface Signing {
  readonly key: PrivateKey
  /** Whether there is a bundle for Sigstore's tools. */
  readonly sigstore?: boolean
  /** Where the request to an authority of time goes, about the signature. */
  readonly tsaQuery?: string
}

/**
 * Signs a statement, and adds it to a file of envelopes.
 *
 * @returns The files that were written.
 * @throws {StoreError} when one cannot be written.
 */
export function addEnvelope(path: string, statement: Statement, { key, sigstore = false, tsaQuery }: Signing): readonly string[] {
  const sealed = sealStatement(statement, key)
  const lines = readEnvelopes(path)
  // To attest the same result again with the same key adds nothing.
  const known = lines.find(({ opened }) => opened && isSame(opened.envelope, sealed))
  const envelope = known?.opened?.envelope ?? sealed
  const bundle = bundleOf(path, known?.number ?? (lines.at(-1)?.number ?? 0) + 1)
  try {
    if (!known) appendFileSync(path, `${JSON.stringify(envelope)}\n`, { mode: privateFile })
    if (sigstore) writeFileSync(bundle, sigstoreBundle(envelope), { mode: privateFile })
    if (tsaQuery !== undefined) writeFileSync(tsaQuery, timestampQuery(signaturesIn({ envelope })[0]!))
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'It must be a file that you may write.')
  }
  keepPublicKey(dirname(path), key)
  return [path, ...(sigstore ? [bundle] : []), ...(tsaQuery === undefined ? [] : [tsaQuery])]
}

/** The bundle of an envelope for Sigstore's tools. @param path  The file of envelopes. @param number  Of its line. */
export function bundleOf(path: string, number: number): string {
  return join(dirname(path), `${number}.sigstore.json`)
}

function isSame(a: Envelope, b: Envelope): boolean {
  return a.payload === b.payload && a.signatures[0]?.keyid === b.signatures[0]?.keyid
}
