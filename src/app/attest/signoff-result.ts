import { isSignedBy } from '../../adapters/attest/dsse.js'
import { keyIdOf, publicKeyOf } from '../../adapters/attest/keys.js'
import { isTestResult, type Signoff, signoffType, type Statement, type TestResult, testResultType } from '../../domain/attestation.js'
import { count } from '../../domain/count.js'
import { jsonEqual } from '../../domain/json-equal.js'
import { countsAgainstAgent } from '../../domain/outcome.js'
import { caseOfRun } from '../../domain/plan.js'
import { type Agreement, reviewsFile } from '../../domain/review.js'
import { shortfalls } from '../../domain/shortfall.js'
import { covers, endOfDay, isOver, type Waiver } from '../../domain/waiver.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { Adapters } from '../registry.js'
import { readToAttest, type AttestedResult } from './attested-result.js'
import { addEnvelope, readEnvelopes, type EnvelopeLine } from './envelopes.js'
import { readSigningKey } from './read-signing-key.js'
import { AttestRefused } from './refused.js'
import { isOf } from './verify-lines.js'

export interface SignoffRequest {
  /** File of the private key. */
  readonly key: string
  readonly passphrase?: string
  readonly name: string
  readonly role: string
  readonly meaning: Signoff['meaning']
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
  readonly decision: Signoff['decision']
  readonly keyId: string
  readonly files: readonly string[]
}

/** A result that a person may sign: what they are to see, and how to sign it once they have. */
export interface ToSign {
  readonly result: FinishedResult
  /** How far people agreed with the judge, if that was asked for. */
  readonly agreement?: Agreement
  readonly decision: Signoff['decision']
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
  const key = readSigningKey(request.key, request.passphrase)
  const now = use.clock.date()
  const { validUntil, exceptions, isRejected, reason } = request
  if (isRejected && reason === undefined) throw new AttestRefused('A rejection needs a reason. Add --reason.')
  if (validUntil !== undefined && (endOfDay(validUntil) === undefined || isOver(validUntil, now))) {
    throw new AttestRefused(`--valid-until ${validUntil} is not a day to come. Write it like 2026-12-31.`)
  }
  const expired = exceptions.find(({ expires }) => isOver(expires, now))
  if (expired)
    throw new AttestRefused(`The exception for ${expired.case} expired at the end of ${expired.expires} UTC. Renew it, or mend the agent.`)

  const attested = await readToAttest(name, use, { withReviews: request.withReviews ?? false })
  const { reviews } = attested
  const seen = await seenIn(attested)
  if (!request.allowSameKey && isSignedBy(seen, publicKeyOf(key))) {
    throw new AttestRefused(
      'The key that attested the result may not sign it off as well. Use the key of a person, or add --allow-same-key.',
    )
  }
  if (!isRejected) await refuseUncovered(attested.result, exceptions)
  const decision = isRejected ? 'rejected' : exceptions.length > 0 ? 'approved_with_exceptions' : 'approved'
  const keyId = keyIdOf(key)
  const predicate: Signoff = {
    decision,
    signer: { name: request.name, id: `sha256:${keyId}`, role: request.role },
    signedAt: now.toISOString(),
    meaning: request.meaning,
    ...(reason !== undefined && { reason }),
    seen: [
      { name: 'test-result', digest: { sha256: seen.digest } },
      ...(reviews ? [{ name: reviewsFile, digest: { sha256: reviews.digest } }] : []),
    ],
    exceptions: isRejected ? [] : exceptions,
    ...(validUntil !== undefined && { validUntil }),
  }
  const { sigstore, tsaQuery } = request
  const signing = { ...(sigstore && { sigstore }), ...(tsaQuery !== undefined && { tsaQuery }) }
  const statement: Statement<Signoff> = { ...attested.statement, predicateType: signoffType, predicate }
  return {
    result: attested.result,
    ...(reviews && { agreement: reviews.agreement }),
    decision,
    sign: () => ({
      decision,
      keyId,
      files: addEnvelope(attested.envelopes, statement, { key, ...signing }),
    }),
  }
}

/** The attestation that says what the journal says today. */
async function seenIn({ envelopes, result, recount }: AttestedResult): Promise<NonNullable<EnvelopeLine['opened']>> {
  const attestations = readEnvelopes(envelopes).filter(isOf<TestResult>(testResultType))
  if (attestations.length === 0) {
    throw new AttestRefused(`Nobody has attested ${result.place} yet. First: callsheet attest ${result.place} --key <file>`)
  }
  for (const { statement, opened } of attestations.toReversed()) {
    if (isTestResult(statement.predicate) && jsonEqual(statement, JSON.parse(JSON.stringify(await recount(statement))))) return opened
  }
  throw new AttestRefused(`The journal in ${result.place} is not what was attested. See: callsheet verify ${result.place}`)
}

/** @throws {AttestRefused} when something failed that no exception covers. */
async function refuseUncovered({ report, runs }: FinishedResult, exceptions: readonly Waiver[]): Promise<void> {
  const { gate } = report
  if (gate.verdict === 'passed') return
  if (gate.verdict === 'could_not_tell') {
    throw new AttestRefused(
      'The gate is inconclusive, so there is nothing to approve. Run what is missing, or sign a rejection with --reject.',
    )
  }
  const uncovered = new Map<string, string>()
  let failures = 0
  for await (const batch of runs()) {
    for (const { run, outcome } of batch) {
      if (!countsAgainstAgent(outcome.status)) continue
      failures += 1
      const key = caseOfRun(run)
      for (const { what } of shortfalls(outcome)) {
        if (!exceptions.some(exception => covers(exception, key, what))) uncovered.set(`${key}\n${what}`, `${key}: ${what}`)
      }
    }
  }
  const [first] = uncovered.values()
  if (first !== undefined) {
    const more = uncovered.size > 1 ? `, and ${count(uncovered.size - 1, 'more cause')}` : ''
    throw new AttestRefused(
      `The gate failed, and no exception covers ${first}${more}. Add exceptions with --exceptions <file>, or --reject.`,
    )
  }
  const about = gate.lines.find(
    ({ rule, verdict }) => verdict === 'not_met' && (failures === 0 || rule.startsWith('metrics.') || rule === 'no_regression'),
  )
  if (about) {
    throw new AttestRefused(
      `The gate failed by ${about.scope} ${about.rule}, which is about no single case, so no exception covers it. Sign a rejection with --reject.`,
    )
  }
}
