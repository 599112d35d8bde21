import { html } from '../../../adapters/reporters/html.js'
import type { ResultRecord } from '../../../ports/database.js'
import { recounted } from '../../finish.js'
import type { Service } from '../service.js'
import { historyUpTo } from './past-results.js'

/** The page of a result as one file. */
export async function reportFile({ database }: Pick<Service, 'database'>, record: ResultRecord): Promise<string> {
  const result = await recounted(await database.read(record.id), String(record.id))
  const history = await historyUpTo(database, record, result)
  const pieces: string[] = []
  for await (const piece of html(result, { colour: false, junitPerRun: false, html: { ...(history && { history }) } })) pieces.push(piece)
  return pieces.join('')
}
