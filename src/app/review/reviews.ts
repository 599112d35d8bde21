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

/** What people said of a result's judge, oldest first. @param place  The result's folder. @throws {StoreError} when a line is none of ours. */
export function readReviews(place: string): readonly Review[] {
  const path = join(place, reviewsFile)
  if (!existsSync(path)) return []
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Make it readable.')
  }
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const review = parsedOf(line)
    if (isReview(review)) return [review]
    throw new StoreError('damaged', `Line ${i + 1} of ${path} is no review. Mend or remove it.`)
  })
}

/** How far people agreed with the judge of a result; `undefined` if nobody has reviewed it. */
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
