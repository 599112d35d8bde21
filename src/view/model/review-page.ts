import type { AnsweredReview, AskedReview } from '../../domain/review-form.js'
import type { ConversationView } from './run-view.js'

/** The page on which a person reviews the judge of a server's result. */
export interface ReviewPage {
  /** Of the result. */
  readonly id: number
  readonly name: string
  readonly formToken: string
  /** Who reviews; absent until the person has said so. */
  readonly by?: string
  /** What was wrong with what the person sent. */
  readonly wrong?: string
  /** What the person has just answered. */
  readonly answered?: AnsweredReview
  /** What is asked next; absent if there is nothing more. */
  readonly next?: AskedReview & { readonly item: string; readonly conversation: ConversationView | undefined }
  /** How many answers the person has given, and of how many. */
  readonly done: number
  readonly of: number
  /** How far people agreed with the judge so far; absent before the person has reviewed all. */
  readonly agreement?: string
}
