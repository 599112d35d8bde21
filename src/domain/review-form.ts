import { isSameAnswer, type JudgedAnswer, type Review, type Reviewed, reviewVersion } from './review.js'

/** What a person is asked about an answer of the judge, without that answer. */
export interface AskedReview extends Omit<Reviewed, 'judge'> {
  /** What can be answered. */
  readonly type: 'yes_or_no' | 'rating' | 'number' | 'text'
  /** What it is about, as the judge was asked where that is known. */
  readonly asked: string
  /** Values to choose from; a suite may have others. */
  readonly values?: readonly string[]
}

/** What a person says of an answer of the judge. */
export type GivenReview = { readonly is: 'said'; readonly said: JudgedAnswer } | { readonly is: 'unclear' }

/** What a text that a person typed says; `undefined` if it is no answer. */
export function givenIn(typed: string, { type }: Pick<AskedReview, 'type'>): GivenReview | undefined {
  const text = typed.trim().toLowerCase()
  if (text === 'u' || text === 'unclear') return { is: 'unclear' }
  if (type === 'yes_or_no') return /^(y|yes|n|no)$/.test(text) ? { is: 'said', said: text.startsWith('y') } : undefined
  if (type === 'text') return text === '' ? undefined : { is: 'said', said: text }
  const number = Number(text)
  const isFit = /^-?\d+(\.\d+)?$/.test(text) && (type !== 'rating' || (number >= 0 && number <= 100))
  return isFit ? { is: 'said', said: number } : undefined
}

/** Whether a person says what the judge said. */
export function isAgreed({ judge, type }: Pick<Reviewed, 'judge'> & Pick<AskedReview, 'type'>, said: JudgedAnswer): boolean {
  return isSameAnswer(judge, said, type === 'rating')
}

/** A review as it is kept. @param made  By whom, when, and why. */
export function reviewOf(
  item: Reviewed & Pick<AskedReview, 'type'>,
  given: GivenReview,
  { reason, ...made }: Pick<Review, 'at' | 'by' | 'reason'>,
): Review {
  const { run, claim, metric, judge } = item
  return {
    version: reviewVersion,
    ...made,
    run,
    ...(claim !== undefined && { claim }),
    ...(metric !== undefined && { metric }),
    judge,
    is: given.is !== 'said' ? 'unclear' : isAgreed(item, given.said) ? 'agree' : 'disagree',
    ...(given.is === 'said' && { said: given.said }),
    ...(reason !== undefined && { reason }),
  }
}

/** What a page shows once an answer was given: what the judge had said, too. */
export interface AnsweredReview extends AskedReview {
  /** What a form says that it is about. */
  readonly item: string
  /** As it was typed. */
  readonly typed: string
  readonly review: Review
  /** Why, in the judge's words. */
  readonly because: string
}
