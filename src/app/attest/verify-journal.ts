import type { Statement, TestResult } from '../../domain/attestation.js'
import { count } from '../../domain/count.js'
import { jsonEqual } from '../../domain/json-equal.js'
import { agreementText } from '../../domain/review.js'
import type { VerificationLine } from '../../domain/verification.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { StoredJournal } from '../../ports/store.js'
import { checkRecording } from '../check-recording.js'
import { journalDigest } from '../file-digest.js'
import { recounted } from '../finish.js'
import { isPlainError } from '../plain-error.js'
import type { Adapters } from '../registry.js'
import { type BoundReviews, reviewsDigestIn, reviewsThen } from '../review/bound-reviews.js'
import { recordingsIn, testResultOf } from './test-result.js'
import { line } from './verify-lines.js'

/** The journal beside envelopes. */
export interface JournalRead {
  /** The result's folder. */
  readonly place: string
  /** SHA-256 of the file; absent if there is none. */
  readonly digest?: string
  readonly stored?: StoredJournal
  /** Counted from its runs. */
  readonly result?: FinishedResult
  /** Why it comes to nothing that could have been attested. */
  readonly problem?: string
}

export async function readJournal(place: string, use: Pick<Adapters, 'store'>): Promise<JournalRead> {
  const digest = await journalDigest(place)
  if (digest === undefined) return { place }
  try {
    const stored = await (await use.store()).read(place)
    const result = await recounted(stored, place)
    const { contradiction } = result
    return { place, digest, stored, result, ...(contradiction !== undefined && { problem: `it contradicts itself: ${contradiction}` }) }
  } catch (cause) {
    if (isPlainError(cause)) return { place, digest, problem: cause.message }
    throw cause
  }
}

/** Whether the journal, and the reviews of its judge, are those that were attested, and come to what was. @param attested  Digest of the journal. */
export async function checkJournal(
  statement: Statement<TestResult>,
  attested: string | undefined,
  { place, digest, stored, result, problem }: JournalRead,
): Promise<VerificationLine[]> {
  if (digest === undefined) return [line('journal', 'unknown', 'there is no journal.jsonl beside the envelopes')]
  const journal =
    digest === attested
      ? line('journal', 'yes', `sha256:${digest}`)
      : line('journal', 'no', `it is another one than was attested, ${attested ?? 'which has no digest'}`)
  if (problem !== undefined || !stored || !result) return [journal, line('recount', 'no', problem)]
  const reviews = await readReviews(statement, place, stored)
  const isEqual = jsonEqual(statement, JSON.parse(JSON.stringify(await testResultOf(result, digest, reviews?.bound))))
  const recount = line('recount', isEqual ? 'yes' : 'no', `its runs come to ${isEqual ? 'what' : 'something else than'} was attested`)
  return [journal, recount, ...(reviews ? [reviews.checked] : [])]
}

interface ReviewsChecked {
  readonly bound?: BoundReviews
  readonly checked: VerificationLine
}

/** `undefined` if the statement is about no reviews. */
async function readReviews(statement: Statement<TestResult>, place: string, stored: StoredJournal): Promise<ReviewsChecked | undefined> {
  const digest = reviewsDigestIn(statement)
  if (digest === undefined) return undefined
  try {
    const bound = await reviewsThen(place, stored, digest)
    if (!bound) return { checked: line('reviews', 'no', 'reviews.jsonl does not have the reviews that were attested') }
    const since = bound.since > 0 ? `; ${count(bound.since, 'review')} added since` : ''
    return { bound, checked: line('reviews', 'yes', `${agreementText(bound.agreement)}${since}`) }
  } catch (cause) {
    if (isPlainError(cause)) return { checked: line('reviews', 'no', cause.message) }
    throw cause
  }
}

/** Whether the recordings that the journal names are there, and what they were. */
export async function checkRecordings({ place, result }: JournalRead): Promise<VerificationLine[]> {
  const lines: VerificationLine[] = []
  let intact = 0
  for (const recording of result ? await recordingsIn(result) : []) {
    const check = await checkRecording(recording, place)
    if (check.status === 'intact') intact += 1
    else if (check.status === 'elsewhere') lines.push(line('recording', 'unknown', `${check.url} is kept elsewhere`))
    else lines.push(line('recording', check.status === 'altered' ? 'no' : 'unknown', check.message))
  }
  return intact > 0 ? [line('recordings', 'yes', `${count(intact, 'file')} as in the journal`), ...lines] : lines
}
