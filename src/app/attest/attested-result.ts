import { join } from 'node:path'
import { type Statement, type TestResult, envelopesFile } from '../../domain/attestation.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { readFinishedJournal } from '../finished-journal.js'
import type { Adapters } from '../registry.js'
import { type BoundReviews, reviewsDigestIn, reviewsNow, reviewsThen } from '../review/bound-reviews.js'
import { AttestRefused } from './refused.js'
import { testResultOf } from './test-result.js'

/** A result that can be signed: it is over, and its journal agrees with itself. */
export interface AttestedResult {
  readonly result: FinishedResult
  /** What its journal comes to, now. */
  readonly statement: Statement<TestResult>
  /** What people said of its judge, if that was asked for. */
  readonly reviews?: BoundReviews
  /** What its journal comes to with the reviews that another statement is about. */
  recount(attested: Statement<TestResult>): Promise<Statement<TestResult>>
  /** The file of its envelopes. */
  readonly envelopes: string
}

/**
 * @param name  A folder or an id. @param withReviews  Whether the statement is also about what people said of the judge.
 * @throws {AttestRefused} when it is not over, or its journal contradicts itself. @throws {StoreError} when it cannot be read.
 */
export async function readToAttest(
  name: string,
  use: Pick<Adapters, 'store' | 'serverDatabase'>,
  { withReviews = false }: { readonly withReviews?: boolean } = {},
): Promise<AttestedResult> {
  const { place, stored, result, digest } = await readFinishedJournal(name, use)
  if (!stored.report)
    throw new AttestRefused(`The result in ${place} is not over.`, { next: `Resume it with: callsheet run --resume ${place}` })
  if (result.contradiction !== undefined) {
    throw new AttestRefused(
      `The journal in ${place} contradicts itself: ${result.contradiction}. Only a result as it was written can be signed.`,
    )
  }
  const reviews = withReviews ? await reviewsNow(place, stored) : undefined
  return {
    result,
    statement: await testResultOf(result, digest, reviews),
    ...(reviews && { reviews }),
    envelopes: join(place, envelopesFile),
    async recount(attested) {
      const then = reviewsDigestIn(attested)
      return testResultOf(result, digest, then === undefined ? undefined : await reviewsThen(place, stored, then))
    },
  }
}
