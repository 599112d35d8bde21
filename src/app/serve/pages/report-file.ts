import { html } from '../../../adapters/reporters/html.js'
import { agreementOf } from '../../../domain/review.js'
import type { ResultRecord } from '../../../ports/database.js'
import { recounted } from '../../finish.js'
import type { Service } from '../service.js'
import { savedFrom } from './report-pages.js'
import { historyUpTo } from './past-results.js'
import { reviewsOf } from './review-result.js'
import { signaturesOf } from './sign-result.js'

/** The page of a result as one file. @param address  Of the result, for commands. */
export async function reportFile(use: Pick<Service, 'database' | 'store'>, record: ResultRecord, address: string): Promise<string> {
  const { database } = use
  const result = await recounted(await database.read(record.id), String(record.id))
  const history = await historyUpTo(database, record, result)
  const reviews = await reviewsOf(database, record.id)
  const agreement = agreementOf(reviews)
  const pieces: string[] = []
  for await (const piece of html(result, {
    colour: false,
    junitPerRun: false,
    ...(agreement && { agreement, reviews }),
    html: { commands: savedFrom(record.id, address), ...(history && { history }), signatures: await signaturesOf(record.id, use) },
  }))
    pieces.push(piece)
  return pieces.join('')
}
