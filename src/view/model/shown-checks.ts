import type { Review } from '../../domain/review.js'
import { reviewsText } from '../../domain/review-text.js'
import { shorten } from '../../domain/safe-text.js'
import type { Check, Holds, JudgedClaim, Verdict } from '../../domain/verdict.js'

/** A check as people read it. */
export interface ShownCheck extends Pick<Check, 'holds' | 'turn' | 'line' | 'judged'> {
  readonly what: string
  /** What was found instead; empty if nothing was. */
  readonly seen: string
  /** The words that show it. */
  readonly quote?: string
  readonly votes?: string
  /** What people said of the judge's answer. */
  readonly people?: string
}

export interface ShownMetric {
  readonly metric: string
  /** Absent if it was not scored. */
  readonly value?: string
  readonly note?: string
}

const longestSentence = 2000
const longestQuote = 500
const order: Readonly<Record<Holds, number>> = { no: 0, unknown: 1, yes: 2 }

/** What was checked, those that do not match first. @param reviews  Of this run. */
export function shownChecks({ checks, outcome }: Verdict, reviews: readonly Review[] = []): ShownCheck[] {
  const claims = outcome?.claims ?? []
  return checks
    .toSorted((a, b) => order[a.holds] - order[b.holds])
    .map(check => {
      const { assertion, because, holds, turn, line, judged } = check
      const { quote, votes, claim } = claimOf(check, claims) ?? {}
      const people = claim === undefined ? '' : reviewsText(reviews.filter(each => each.claim === claim))
      return {
        what: shorten(assertion, longestSentence),
        seen: shorten(because, longestSentence),
        holds,
        ...(turn !== undefined && { turn }),
        ...(line !== undefined && { line }),
        ...(judged && { judged }),
        ...(quote !== undefined && { quote: shorten(quote, longestQuote) }),
        ...(votes && { votes: `votes: ${votes.yes} yes, ${votes.no} no, ${votes.unknown} inconclusive` }),
        ...(people !== '' && { people }),
      }
    })
}

function claimOf({ assertion, judged }: Check, claims: readonly JudgedClaim[]): JudgedClaim | undefined {
  if (!judged) return undefined
  return claims.findLast(({ claim }) => claim === assertion) ?? claims.find(({ claim }) => assertion.includes(claim))
}

/** The metrics that apply. @param reviews  Of this run. */
export function shownMetrics({ metrics }: Verdict, reviews: readonly Review[] = []): ShownMetric[] {
  return metrics
    .filter(({ applies }) => applies !== false)
    .map(({ metric, value, because, explanation, votes }) => {
      const notes = [
        ...(votes ? [`votes: ${votes.map(String).join(', ')}`] : []),
        shorten(explanation ?? because ?? '', longestQuote),
        reviewsText(reviews.filter(each => each.metric === metric)),
      ]
      const note = notes.filter(each => each !== '').join('. ')
      return { metric, ...(value !== null && { value: String(value) }), ...(note !== '' && { note }) }
    })
}
