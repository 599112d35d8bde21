import type { Review } from './review.js'
import { shorten } from './safe-text.js'

const longestReason = 500

/** What people said of one answer of the judge: `Ada Park disagrees and says no: it never says so`. Of one person, the last word counts. */
export function reviewsText(reviews: readonly Review[]): string {
  const last = new Map(reviews.map(each => [each.by, each]))
  return [...last.values()].map(reviewText).join('; ')
}

function reviewText({ by, is, said, reason }: Review): string {
  const words = is === 'unclear' ? 'cannot tell' : is === 'agree' ? 'agrees' : `disagrees and says ${answerText(said)}`
  return `${by} ${words}${reason === undefined ? '' : `: ${shorten(reason, longestReason)}`}`
}

function answerText(said: Review['said']): string {
  return typeof said === 'boolean' ? (said ? 'yes' : 'no') : String(said ?? 'something else')
}
