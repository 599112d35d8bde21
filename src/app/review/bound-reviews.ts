import type { Statement, TestResult } from '../../domain/attestation.js'
import { agreementOf, type Agreement, reviewsFile } from '../../domain/review.js'
import { StoreError, type StoredJournal } from '../../ports/store.js'
import type { Adapters } from '../registry.js'
import { reviewedGate } from './reviewed-gate.js'
import { type KeptReviews, keptReviews, reviewsWithDigest } from './reviews.js'

/** What people said of the judge of a result, as they were at one time. */
export interface BoundReviews extends Pick<KeptReviews, 'digest' | 'since'> {
  readonly agreement: Agreement
}

/** How far people agreed with the judge of a result, and the gate with what they said. @throws {StoreError} when nobody has reviewed it. */
export async function agreementWithGate(place: string, use: Pick<Adapters, 'store'>): Promise<Agreement> {
  return (await reviewsNow(place, await (await use.store()).read(place))).agreement
}

/** The reviews of a result as they are now. @throws {StoreError} when there are none, or a line is none of ours. */
export async function reviewsNow(place: string, stored: StoredJournal): Promise<BoundReviews> {
  const reviews = await bound(keptReviews(place), stored)
  if (reviews) return reviews
  throw new StoreError('not_found', `Nobody has reviewed the judge of ${place} yet. First: callsheet review ${place} --by <name>`)
}

/** The reviews of a result as they were attested; `undefined` if the file never was so. @throws {StoreError} when a line is none of ours. */
export async function reviewsThen(place: string, stored: StoredJournal, digest: string): Promise<BoundReviews | undefined> {
  const then = reviewsWithDigest(place, digest)
  return then && (await bound(then, stored))
}

/** The digest of the reviews that a statement is about; `undefined` if it is about none. */
export function reviewsDigestIn({ predicate: { configuration } }: Statement<TestResult>): string | undefined {
  return configuration.find(({ name }) => name === reviewsFile)?.digest?.['sha256']
}

async function bound({ reviews, digest, since }: KeptReviews, stored: StoredJournal): Promise<BoundReviews | undefined> {
  const agreement = agreementOf(reviews)
  return agreement && { agreement: { ...agreement, gate: await reviewedGate(stored, reviews) }, digest, since }
}
