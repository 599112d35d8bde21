import { createHash } from 'node:crypto'
import { createBlindConversations } from '../../../adapters/reporters/html/blind-conversation.js'
import { agreementOf, agreementText, type Review, reviewsFile } from '../../../domain/review.js'
import { type AnsweredReview, type AskedReview, givenIn, reviewOf } from '../../../domain/review-form.js'
import type { Database, ResultRecord } from '../../../ports/database.js'
import type { ConversationView, ReviewPage } from '../../../adapters/reporters/html/review-page.js'
import { recounted } from '../../finish.js'
import type { Adapters } from '../../registry.js'
import { readReviewLines } from '../../review/reviews.js'
import { drawToReview, nameOf, type ToReview } from '../../review/to-review.js'
import { createRecent } from '../answer/recent.js'
import { Refusal } from '../refusal.js'

/** A person is asked about so many answers of a result. */
const mostAsked = 40
const keptDraws = 8
const longest = { by: 100, reason: 2000 } as const

/** What a person sent from the page. */
export interface SentReview {
  readonly by: string
  /** What the form says that it is about. */
  readonly item: string
  /** As it was typed. */
  readonly answer: string
  readonly reason?: string
}

/** Lets people review the judge of a result that is over. */
export interface Reviewing {
  /** What a person is asked next. @param by  Absent until the person has said who reviews. */
  page(record: ResultRecord, by: string | undefined, formToken: string): Promise<ReviewPage>
  /** Keeps an answer, and says what the judge had said. @throws {Refusal} 400 */
  answer(record: ResultRecord, sent: SentReview, formToken: string): Promise<ReviewPage>
}

export function createReviewing({
  database,
  random,
  clock,
}: Pick<Adapters, 'random' | 'clock'> & { readonly database: Database }): Reviewing {
  const draws = createRecent<string, Promise<Drawn>>(keptDraws)
  const drawnFor = (record: ResultRecord, by: string): Promise<Drawn> => {
    if (record.state !== 'ended') throw new Refusal(400, { detail: 'The result is not over yet. Review it once it is.' })
    return draws.get(JSON.stringify([record.id, record.revision, by]), async () => {
      const result = await recounted(await database.read(record.id), String(record.id))
      const conversationOf = createBlindConversations(result.started)
      return drawToReview(result, { by, most: mostAsked, before: [], showing: { conversationOf, asked: text => text } }, { random })
    })
  }
  const pageOf = async (
    record: ResultRecord,
    by: string,
    { formToken, ...more }: Pick<ReviewPage, 'formToken' | 'answered' | 'wrong'>,
  ): Promise<ReviewPage> => {
    const drawn = await drawnFor(record, by)
    const reviews = await reviewsOf(database, record.id)
    const done = new Set(reviews.filter(each => each.by === by).map(nameOf))
    const left = drawn.filter(item => !done.has(nameOf(item)))
    const [next] = left
    const agreement = left.length === 0 ? agreementOf(reviews) : undefined
    return {
      id: record.id,
      name: record.request.name,
      formToken,
      by,
      ...more,
      ...(next && { next: { ...questionIn(next), item: itemOf(next), conversation: next.conversation } }),
      done: drawn.length - left.length,
      of: drawn.length,
      ...(agreement && { agreement: agreementText(agreement) }),
    }
  }
  /** Once, however often a page is sent again; without a reason, that of before stays. */
  const keep = async (result: number, review: Review): Promise<Review> => {
    const before = await reviewsOf(database, result)
    const last = before.findLast(each => each.by === review.by && nameOf(each) === nameOf(review))
    const isKept = last?.is === review.is && last.said === review.said && (review.reason ?? last.reason) === last.reason
    if (last && isKept) return last
    await database.keepLine(result, reviewsFile, JSON.stringify(review))
    return review
  }
  return {
    async page(record, given, formToken) {
      const by = given && oneLine(given)
      if (by === undefined || by === '') return { id: record.id, name: record.request.name, formToken, done: 0, of: 0 }
      refuseLong('by', by)
      return pageOf(record, by, { formToken })
    },
    async answer(record, sent, formToken) {
      const by = oneLine(sent.by)
      const reason = sent.reason?.trim()
      refuseLong('by', by)
      refuseLong('reason', reason ?? '')
      const item = (await drawnFor(record, by)).find(each => itemOf(each) === sent.item)
      if (by === '' || !item) throw new Refusal(400, { detail: 'This is not asked here. Open the page of the result, and begin anew.' })
      const given = givenIn(sent.answer, item)
      if (!given) return pageOf(record, by, { formToken, wrong: `"${sent.answer}" is no answer here.` })
      const made = { at: clock.date().toISOString(), by, ...(reason !== undefined && reason !== '' && { reason }) }
      const review = await keep(record.id, reviewOf(item, given, made))
      const answered: AnsweredReview = { ...questionIn(item), item: sent.item, typed: sent.answer, review, because: item.because }
      return pageOf(record, by, { formToken, answered })
    },
  }
}

/** What an answer is called in a form, which changes line breaks. */
function itemOf(item: Drawn[number]): string {
  return createHash('sha256').update(nameOf(item)).digest('hex').slice(0, 16)
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

type Drawn = readonly ToReview<ConversationView | undefined>[]

/** What people said of the judge of a server's result, oldest first. */
export async function reviewsOf({ linesOf }: Pick<Database, 'linesOf'>, result: number): Promise<readonly Review[]> {
  return readReviewLines(await linesOf(result, reviewsFile), `the reviews of result ${result}`)
}

/** Without what the judge said. */
function questionIn({ run, claim, metric, type, asked: words, values }: Drawn[number]): AskedReview {
  return {
    run,
    ...(claim !== undefined && { claim }),
    ...(metric !== undefined && { metric }),
    type,
    asked: words,
    ...(values && { values }),
  }
}

function refuseLong(name: keyof typeof longest, text: string): void {
  if (text.length > longest[name]) throw new Refusal(400, { detail: `This is too long. At most ${longest[name]} characters fit.` })
}
