import { isSignedBy } from '../../adapters/attest/dsse.js'
import { keyIdOf, type PrivateKey, publicKeyOf } from '../../adapters/attest/keys.js'
import {
  decisionText,
  isTestResult,
  type Signoff,
  signoffType,
  type Statement,
  type TestResult,
  testResultType,
} from '../../domain/attestation.js'
import { jsonEqual } from '../../domain/json-equal.js'
import { type Agreement, reviewsFile } from '../../domain/review.js'
import { endOfDay, isOver, type Waiver } from '../../domain/waiver.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { Adapters } from '../registry.js'
import { readToAttest, type AttestedResult } from './attested-result.js'
import { addEnvelope, readEnvelopes, type EnvelopeLine } from './envelopes.js'
import { refuseUncovered, refuseUntimely } from './refuse-exceptions.js'
import { AttestRefused } from './refused.js'
import { isOf } from './verify-lines.js'

export interface SignoffRequest {
  readonly key: PrivateKey
  readonly name: string
  readonly role: string
  /** Default: approval, or rejection. */
  readonly meaning?: Signoff['meaning']
  readonly isRejected: boolean
  readonly reason?: string
  readonly exceptions: readonly Waiver[]
  /** A day, `2026-12-31`. */
  readonly validUntil?: string
  readonly allowSameKey: boolean
  /** Whether the person also signs to have seen what people said of the judge. */
  readonly withReviews?: boolean
  readonly sigstore?: boolean
  /** Where the request to an authority of time goes, about the signature. */
  readonly tsaQuery?: string
}

export interface SignedOff {
  /** What was signed, in words. */
  readonly says: string
  readonly keyId: string
  readonly files: readonly string[]
}

/** A result that a person may sign: what they are to see, and how to sign it once they have. */
export interface ToSign {
  readonly result: FinishedResult
  /** How far people agreed with the judge, if that was asked for. */
  readonly agreement?: Agreement
  readonly predicate: Signoff
  /** What the person is about to sign, in words. */
  readonly says: string
  sign(): SignedOff
}

/**
 * Checks what a person wants to sign: the result is over, attested by another key, and what its journal says is what was attested. A failed
 * gate is approved only with an exception for everything that failed; an inconclusive one not at all.
 *
 * @param name  A folder or an id.
 * @throws {AttestRefused} when it may not be signed. @throws {StoreError} when something cannot be read.
 */
export async function prepareSignoff(
  name: string,
  request: SignoffRequest,
  use: Pick<Adapters, 'store' | 'serverDatabase' | 'clock'>,
): Promise<ToSign> {
  const now = use.clock.date()
  const { key, validUntil, exceptions, isRejected, reason } = request
  if (isRejected && reason === undefined) throw new AttestRefused('A rejection needs a reason.', { next: 'Add --reason.' })
  const meaning = meaningOf(request)
  if (validUntil !== undefined && (endOfDay(validUntil) === undefined || isOver(validUntil, now))) {
    throw new AttestRefused(`A sign-off cannot be valid until ${validUntil}, which is not a day to come.`, {
      next: 'Write --valid-until like 2026-12-31.',
    })
  }
  const attested = await readToAttest(name, use, { withReviews: request.withReviews ?? false })
  const { reviews, result } = attested
  refuseUntimely(exceptions, result.started.plan, now)
  const seen = await seenIn(attested)
  if (!request.allowSameKey && isSignedBy(seen, publicKeyOf(key))) {
    throw new AttestRefused('The key that attested the result may not sign it off as well.', {
      next: 'Use the key of a person, or add --allow-same-key.',
    })
  }
  if (!isRejected) await refuseUncovered(result, exceptions)
  const decision = isRejected ? 'rejected' : exceptions.length > 0 ? 'approved_with_exceptions' : 'approved'
  const keyId = keyIdOf(key)
  const predicate: Signoff = {
    decision,
    signer: { name: request.name, id: `sha256:${keyId}`, role: request.role },
    signedAt: now.toISOString(),
    meaning,
    ...(reason !== undefined && { reason }),
    seen: [
      { name: 'test-result', digest: { sha256: seen.digest } },
      ...(reviews ? [{ name: reviewsFile, digest: { sha256: reviews.digest } }] : []),
    ],
    exceptions: isRejected ? [] : exceptions,
    ...(validUntil !== undefined && { validUntil }),
  }
  const says = decisionText(predicate)
  const { sigstore, tsaQuery } = request
  const signing = { ...(sigstore && { sigstore }), ...(tsaQuery !== undefined && { tsaQuery }) }
  const statement: Statement<Signoff> = { ...attested.statement, predicateType: signoffType, predicate }
  return {
    result,
    ...(reviews && { agreement: reviews.agreement }),
    predicate,
    says,
    sign: () => ({
      says,
      keyId,
      files: addEnvelope(attested.envelopes, statement, { key, ...signing }),
    }),
  }
}

/** @throws {AttestRefused} when the meaning is the opposite of what is signed. */
function meaningOf({ isRejected, meaning = isRejected ? 'rejection' : 'approval' }: SignoffRequest): Signoff['meaning'] {
  if (isRejected && meaning === 'approval') {
    throw new AttestRefused('A rejection cannot mean approval.', { next: 'Leave out --meaning, or --reject.' })
  }
  if (!isRejected && meaning === 'rejection') {
    throw new AttestRefused('An approval cannot mean rejection.', { next: 'Add --reject with a --reason, or leave out --meaning.' })
  }
  return meaning
}

/** The attestation that says what the journal says today. */
async function seenIn({ envelopes, result, recount }: AttestedResult): Promise<NonNullable<EnvelopeLine['opened']>> {
  const attestations = readEnvelopes(envelopes).filter(isOf<TestResult>(testResultType))
  if (attestations.length === 0) {
    throw new AttestRefused(`Nobody has attested ${result.place} yet.`, { next: `First: callsheet attest ${result.place} --key <file>` })
  }
  for (const { statement, opened } of attestations.toReversed()) {
    if (isTestResult(statement.predicate) && jsonEqual(statement, JSON.parse(JSON.stringify(await recount(statement))))) return opened
  }
  throw new AttestRefused(`The journal in ${result.place} is not what was attested.`, { next: `See: callsheet verify ${result.place}` })
}
