import { decisionText, type Signoff, signoffType, type TestResult } from '../../domain/attestation.js'
import { count } from '../../domain/count.js'
import { jsonEqual } from '../../domain/json-equal.js'
import { isRecord } from '../../domain/json-value.js'
import { reviewsFile } from '../../domain/review.js'
import type { VerificationLine } from '../../domain/verification.js'
import { isOver } from '../../domain/waiver.js'
import { hadDigest } from '../review/reviews.js'
import type { EnvelopeLine } from './envelopes.js'
import { signersOf, type TrustedKey, unfilledRoles } from './trusted-keys.js'
import { isOf, line, signatureLine, type Stated, type VerifyRequest } from './verify-lines.js'

export interface CheckedSignoffs {
  readonly lines: readonly VerificationLine[]
  /** Who approved the result with exceptions, so that it may be released although it failed; absent if nobody did whose sign-off holds. */
  readonly excepted?: string
}

/** What is checked together. */
export interface SignedResult {
  readonly envelopes: readonly EnvelopeLine[]
  readonly attestations: readonly Stated<TestResult>[]
  /** The result's folder. */
  readonly place: string
}

/** What people signed, and whether everybody who must has. */
export function checkSignoffs(signed: SignedResult, request: VerifyRequest, now: Date): CheckedSignoffs {
  const { envelopes } = signed
  const signoffs = envelopes.filter(isOf<Signoff>(signoffType))
  const approving: TrustedKey[] = []
  let excepted: string | undefined
  const lines = signoffs.flatMap(signoff => {
    const own = checkSignoff(signoff, signed, request, now)
    if (own.some(({ holds }) => holds !== 'yes')) return own
    approving.push(...signersOf(signoff.opened, request.keys))
    const { decision, exceptions, signer } = signoff.statement.predicate
    if (decision === 'approved_with_exceptions') excepted = `${count(exceptions.length, 'exception')} by ${signer.name}`
    return own
  })
  return { lines: [...lines, ...roleLines(request, approving)], ...(excepted !== undefined && { excepted }) }
}

function roleLines({ required }: VerifyRequest, approving: readonly TrustedKey[]): VerificationLine[] {
  if (required.length === 0) return []
  const missing = unfilledRoles(required, approving)
  if (missing.length === 0) return [line('roles', 'yes', required.join(', '))]
  const who = missing.some(role => approving.some(({ roles }) => roles.includes(role))) ? 'nobody else' : 'nobody'
  return [line('roles', 'no', `${who} has signed as ${missing.join(', ')} with a trusted key of that role`)]
}

function checkSignoff(
  signoff: Stated<Signoff>,
  { attestations, place }: SignedResult,
  request: VerifyRequest,
  now: Date,
): VerificationLine[] {
  const { predicate } = signoff.statement
  const check = `sign-off ${signoff.number}`
  if (!isSignoff(predicate)) return [line(check, 'no', 'its statement lacks a decision, a signer, a time or what was seen')]
  const { signer, decision, signedAt, validUntil, exceptions } = predicate
  const signature = signatureLine(check, signoff, request.keys)
  const who = `${signer.name}, ${signer.role}, ${decisionText(predicate)}, ${signedAt}`
  return [
    { ...signature, found: `${who} (${signature.found})` },
    ...(decision === 'rejected'
      ? [line(check, 'no', `${signer.name} rejected the result: ${predicate.reason ?? 'without a reason'}`)]
      : []),
    ...seenLines(check, signoff, attestations),
    ...seenReviews(check, signoff, place),
    ...signerLines(check, signoff, request),
    ...fourEyes(check, signoff, attestations, request),
    ...(validUntil !== undefined && isOver(validUntil, now) ? [line(check, 'no', `it was valid until the end of ${validUntil} UTC`)] : []),
    ...exceptions
      .filter(({ expires }) => isOver(expires, now))
      .map(({ case: key, expires }) => line(check, 'no', `the exception for ${key} expired at the end of ${expires} UTC`)),
  ]
}

/** What was signed is what a machine attested, and of the same artifacts. */
function seenLines(check: string, { statement }: Stated<Signoff>, attestations: readonly Stated<TestResult>[]): VerificationLine[] {
  const seen = statement.predicate.seen.map(({ digest }) => digest['sha256'])
  const attested = attestations.find(({ opened }) => seen.includes(opened.digest))
  if (!attested) return [line(check, 'no', 'its signer saw another attestation than is there')]
  return jsonEqual(attested.statement.subject, statement.subject)
    ? []
    : [line(check, 'no', 'it is about other artifacts than the attestation')]
}

/** The reviews of the judge that its signer saw are still there. */
function seenReviews(check: string, { statement }: Stated<Signoff>, place: string): VerificationLine[] {
  const digest = statement.predicate.seen.find(({ name }) => name === reviewsFile)?.digest['sha256']
  if (digest === undefined || hadDigest(place, digest)) return []
  return [line(check, 'no', `${reviewsFile} does not have the reviews that its signer saw`)]
}

/** A role is one that the list of keys gives, not one that somebody claims. */
function signerLines(check: string, { opened, statement }: Stated<Signoff>, { keys }: VerifyRequest): VerificationLine[] {
  const [known] = signersOf(opened, keys)
  if (!known) return []
  const { id } = statement.predicate.signer
  return id === `sha256:${known.id}` ? [] : [line(check, 'no', `it says that the key is ${id}, and ${known.name} has another`)]
}

function fourEyes(
  check: string,
  { opened }: Stated<Signoff>,
  attestations: readonly Stated<TestResult>[],
  request: VerifyRequest,
): VerificationLine[] {
  const [signer] = signersOf(opened, request.keys)
  const isSame = signer !== undefined && attestations.some(each => signersOf(each.opened, [signer]).length > 0)
  if (!isSame) return []
  const found = `${signer.name} also attested the result`
  return [line(check, request.allowSameKey ? 'yes' : 'no', request.allowSameKey ? `${found}, which --allow-same-key permits` : found)]
}

/** Whether a predicate has what readers of a sign-off rely on. */
export function isSignoff(value: unknown): value is Signoff {
  if (!isRecord(value)) return false
  const { decision, signer, signedAt, meaning, seen, exceptions } = value
  return (
    typeof decision === 'string' &&
    ['approved', 'approved_with_exceptions', 'rejected'].includes(decision) &&
    isRecord(signer) &&
    [signer['name'], signer['id'], signer['role'], signedAt, meaning].every(text => typeof text === 'string') &&
    Array.isArray(seen) &&
    seen.every(each => isRecord(each) && isRecord(each['digest'])) &&
    Array.isArray(exceptions) &&
    exceptions.every(each => isRecord(each) && typeof each['expires'] === 'string' && typeof each['case'] === 'string')
  )
}
