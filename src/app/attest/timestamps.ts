import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { signaturesIn } from '../../adapters/attest/dsse.js'
import { sigstoreBundle } from '../../adapters/attest/sigstore-bundle.js'
import { readTimestamp, type Timestamp, TimestampUnusable } from '../../adapters/attest/timestamp.js'
import { storeFailure } from '../../adapters/stores/failure.js'
import { privateFile } from '../../adapters/stores/make-folders.js'
import { type Signoff, signoffType } from '../../domain/attestation.js'
import type { ShownTimestamp } from '../../domain/shown-signature.js'
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
  return orWrong(
    () => {
      const timestamp = readOwn(envelope, file)
      const by = timestamp.madeBy(authorities.map(({ certificate }) => certificate))
      const found = `signed by ${timestamp.at.toISOString()}, says ${by}`
      const later = laterWord(envelope, timestamp)
      return line(check, later === undefined ? 'yes' : 'no', later === undefined ? found : `${found}, and its signer says only at ${later}`)
    },
    wrong => line(check, 'no', wrong),
  )
}

/** The time stamp beside an envelope, as far as it can be read without knowing whom to trust; `undefined` if there is none. */
export function shownTimestamp(path: string, envelope: EnvelopeLine): ShownTimestamp | undefined {
  const file = timestampOf(path, envelope.number)
  if (!envelope.opened || !existsSync(file)) return undefined
  return orWrong<ShownTimestamp>(
    () => {
      const timestamp = readOwn(envelope, file)
      const by = timestamp.saidBy()
      const later = laterWord(envelope, timestamp)
      if (later !== undefined) return { wrong: `it is of ${timestamp.at.toISOString()}, and its signer says only ${later}` }
      return { at: timestamp.at.toISOString(), ...(by !== undefined && { by }) }
    },
    wrong => ({ wrong }),
  )
}

function orWrong<T>(check: () => T, wrong: (why: string) => T): T {
  try {
    return check()
  } catch (cause) {
    if (cause instanceof TimestampUnusable) return wrong(cause.message)
    throw cause
  }
}

/** @throws {TimestampUnusable} when it is about something else than the signature of the envelope. */
function readOwn({ opened }: EnvelopeLine, file: string): Timestamp {
  const timestamp = readTimestamp(bytesOf(file))
  if (!opened || !signaturesIn(opened).some(timestamp.isOf)) throw new TimestampUnusable('it is about another signature')
  return timestamp
}

/** When a signer says to have signed, if that is later than the authority saw the signature. */
function laterWord(envelope: EnvelopeLine, { at }: Timestamp): string | undefined {
  const said = isOf<Signoff>(signoffType)(envelope) ? envelope.statement.predicate.signedAt : undefined
  return typeof said === 'string' && Date.parse(said) > at.getTime() + toleranceMs ? said : undefined
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
