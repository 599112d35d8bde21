import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { storeFailure } from '../../adapters/stores/failure.js'
import { journalOf } from '../../adapters/stores/journal-file.js'
import { privateFile } from '../../adapters/stores/make-folders.js'
import { isRecord, parsedOf } from '../../domain/json-value.js'
import { agreementOf, type Agreement, type Review, reviewsFile, reviewVersion } from '../../domain/review.js'
import { StoreError } from '../../ports/store.js'

/** Whether a result can have reviews: it has a folder of its own. */
export function hasReviews(place: string): boolean {
  return existsSync(journalOf(place))
}

/** What people said of a result's judge, up to one line of the file: people only add to it, so what was there stays as it is. */
export interface KeptReviews {
  /** Oldest first. */
  readonly reviews: readonly Review[]
  /** SHA-256 of these lines, hexadecimal. */
  readonly digest: string
  /** How many lines were added since. */
  readonly since: number
}

/** What people said of a result's judge. @param place  The result's folder. @throws {StoreError} when a line is none of ours. */
export function keptReviews(place: string): KeptReviews {
  const path = join(place, reviewsFile)
  const lines = linesOf(path)
  return { reviews: readReviewLines(lines, path), digest: createHash('sha256').update(lines.join('')).digest('hex'), since: 0 }
}

/** What people had said when the file had a digest; `undefined` if it never had. @throws {StoreError} when a line of it is none of ours. */
export function reviewsWithDigest(place: string, digest: string): KeptReviews | undefined {
  const path = join(place, reviewsFile)
  const lines = linesOf(path)
  const end = endWithDigest(lines, digest)
  return end === 0 ? undefined : { reviews: readReviewLines(lines.slice(0, end), path), digest, since: lines.length - end }
}

/** Whether the file of reviews once had a digest. */
export function hadDigest(place: string, digest: string): boolean {
  return endWithDigest(linesOf(join(place, reviewsFile)), digest) > 0
}

/** How many of the lines have a digest; 0 if it is none of theirs. */
function endWithDigest(lines: readonly string[], digest: string): number {
  const hash = createHash('sha256')
  return lines.findIndex(line => hash.update(line).copy().digest('hex') === digest) + 1
}

/** The reviews in lines. @param path  Where they are, for people. @throws {StoreError} when a line is none of ours. */
export function readReviewLines(lines: readonly string[], path: string): readonly Review[] {
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const review = parsedOf(line)
    if (isReview(review)) return [review]
    const isNewer = isRecord(review) && Number(review['version']) > reviewVersion
    throw isNewer
      ? new StoreError('other_format', `Line ${i + 1} of ${path} was written by a newer Callsheet. Update this one to read it.`)
      : new StoreError('damaged', `Line ${i + 1} of ${path} is not a review. Mend or remove it.`)
  })
}

/** With their line breaks. */
function linesOf(path: string): readonly string[] {
  return textOf(path).split(/(?<=\n)/)
}

function textOf(path: string): string {
  if (!existsSync(path)) return ''
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Make it readable.')
  }
}

/** As `keptReviews`, the reviews alone. */
export function readReviews(place: string): readonly Review[] {
  return keptReviews(place).reviews
}

/** How far people agreed with the judge of a result; `undefined` if nobody has reviewed it. @throws {StoreError} when a line is none of ours. */
export function agreementAt(place: string): Agreement | undefined {
  return agreementOf(readReviews(place))
}

/** Adds a review. @throws {StoreError} when it cannot be written. */
export function addReview(place: string, review: Review): void {
  const path = join(place, reviewsFile)
  try {
    appendFileSync(path, `${JSON.stringify(review)}\n`, { mode: privateFile })
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'What was reviewed before is saved.')
  }
}

function isReview(value: unknown): value is Review {
  if (!isRecord(value) || value['version'] !== reviewVersion) return false
  const { at, by, run, claim, metric, is } = value
  const isAbout = typeof claim === 'string' || typeof metric === 'string'
  return [at, by, run].every(each => typeof each === 'string') && isAbout && ['agree', 'disagree', 'unclear'].includes(String(is))
}
