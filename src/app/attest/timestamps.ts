import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { signaturesIn } from '../../adapters/attest/dsse.js'
import { sigstoreBundle } from '../../adapters/attest/sigstore-bundle.js'
import { readTimestamp, type Timestamp, TimestampUnusable } from '../../adapters/attest/timestamp.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import { privateFile } from '../../adapters/stores/make-folders.js'
import { type Signoff, signoffType } from '../../domain/attestation.js'
import type { VerificationLine } from '../../domain/verification.js'
import { bundleOf, type EnvelopeLine, readEnvelopes } from './envelopes.js'
import { AttestRefused } from './refused.js'
import type { Authority } from './trusted-keys.js'
import { isOf, line } from './verify-lines.js'

/** A signer's clock may be ahead of the authority's by so much. */
const toleranceMs = 5 * 60_000

/**
 * Adds the answer of an authority of time to the envelope whose signature it is about.
 *
 * @param path  The file of envelopes. @param file  The answer, as RFC 3161 has it.
 * @returns The files that were written.
 * @throws {AttestRefused} when it is about none of them. @throws {StoreError} when something cannot be read or written.
 */
export function addTimestamp(path: string, file: string): readonly string[] {
  const answer = bytesOf(file)
  const timestamp = read(answer, file)
  const stamped = readEnvelopes(path).find(({ opened }) => opened && signaturesIn(opened).some(timestamp.isOf))
  if (!stamped?.opened) throw new AttestRefused(`The time stamp ${file} is about no signature in ${path}. Ask for one with --tsa-query.`)
  const own = timestampOf(path, stamped.number)
  const bundle = bundleOf(path, stamped.number)
  const hasBundle = existsSync(bundle)
  try {
    writeFileSync(own, answer, { mode: privateFile })
    if (hasBundle) writeFileSync(bundle, sigstoreBundle(stamped.opened.envelope, answer))
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${own}`, cause, 'It must be a file that you may write.')
  }
  return [own, ...(hasBundle ? [bundle] : [])]
}

/** The time stamps beside envelopes, each a line. @param path  The file of envelopes. */
export function checkTimestamps(path: string, envelopes: readonly EnvelopeLine[], authorities: readonly Authority[]): VerificationLine[] {
  return envelopes.flatMap(envelope => {
    const file = timestampOf(path, envelope.number)
    return envelope.opened && existsSync(file) ? [checkTimestamp(envelope, file, authorities)] : []
  })
}

function checkTimestamp(envelope: EnvelopeLine, file: string, authorities: readonly Authority[]): VerificationLine {
  const check = `time stamp ${envelope.number}`
  if (authorities.length === 0) return line(check, 'unknown', 'no trusted authority was given: add authorities to the file of --keys')
  try {
    const timestamp = readTimestamp(bytesOf(file))
    if (!envelope.opened || !signaturesIn(envelope.opened).some(timestamp.isOf)) return line(check, 'no', 'it is about another signature')
    const by = timestamp.madeBy(authorities.map(({ certificate }) => certificate))
    const at = timestamp.at.toISOString()
    const said = isOf<Signoff>(signoffType)(envelope) ? envelope.statement.predicate.signedAt : undefined
    if (typeof said === 'string' && Date.parse(said) > timestamp.at.getTime() + toleranceMs) {
      return line(check, 'no', `signed by ${at}, says ${by}, and its signer says only at ${said}`)
    }
    return line(check, 'yes', `signed by ${at}, says ${by}`)
  } catch (cause) {
    if (cause instanceof TimestampUnusable) return line(check, 'no', cause.message)
    throw cause
  }
}

function timestampOf(path: string, number: number): string {
  return join(dirname(path), `${number}.tsr`)
}

function read(answer: Buffer, file: string): Timestamp {
  try {
    return readTimestamp(answer)
  } catch (cause) {
    if (cause instanceof TimestampUnusable) throw new AttestRefused(`The time stamp ${file} cannot be used: ${cause.message}.`, { cause })
    throw cause
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read the time stamp ${file}`, cause, 'Name a file that you may read.')
  }
}
