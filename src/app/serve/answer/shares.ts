import { createHash, randomBytes } from 'node:crypto'
import type { PageOf, RunRecord } from '../../../ports/database.js'
import type { Project } from '../catalogue/catalogue.js'
import { refuseBeyond, type Page } from './read-page.js'
import { notFound, Refusal } from '../refusal.js'
import type { ResultSummary, Run } from '../generated/answers.js'
import { resultSummaryView } from './result-views.js'
import { runView } from './run-views.js'
import { shortRuns } from './statuses.js'
import type { Service } from '../service.js'

const dayMs = 24 * 60 * 60 * 1000
const longestDays = 90

/**
 * `POST results/{id}/create_shareable_link_token/`: the token's holder may read the result until the token expires. The
 * database keeps only its hash.
 *
 * @param expireAt  ISO 8601; without a zone it is UTC.
 * @throws {Refusal} 404; 400 for a time in the past, or more than 90 days away.
 */
export async function createShare(
  { database, clock }: Pick<Service, 'database' | 'clock'>,
  project: Project,
  id: number,
  expireAt: string,
): Promise<{ readonly token: string }> {
  if ((await database.revision(project.key, id)) === undefined) throw notFound()
  const nowMs = clock.date().getTime()
  const expiresMs = Date.parse(/(z|[+-]\d\d(:?\d\d)?)$/i.test(expireAt) ? expireAt : `${expireAt}Z`)
  if (!(expiresMs > nowMs)) throw new Refusal(400, { expire_at: ['Must be in the future.'] })
  if (expiresMs > nowMs + longestDays * dayMs) throw new Refusal(400, { expire_at: [`Must be within ${longestDays} days.`] })
  const token = randomBytes(32).toString('base64url')
  await database.keepShareToken(hashOf(token), project.key, id, new Date(expiresMs).toISOString())
  return { token }
}

/** The result that a token opens. */
export interface SharedResult {
  readonly result: ResultSummary
  readonly runs: Page<Run>
  readonly page: PageOf
}

const runsOnAPage = 50

/** @param page  From 1. @throws {Refusal} 404 for an unknown or expired token, and for a page after the last. */
export async function readShared(
  { database, contextOf, clock, recordingLinks }: Pick<Service, 'database' | 'contextOf' | 'clock' | 'recordingLinks'>,
  token: string,
  page: number,
): Promise<SharedResult> {
  const shared = await database.shared(hashOf(token), clock.date().toISOString())
  const result = shared && (await database.result(shared.project, shared.result))
  if (!result) throw notFound()
  const of: PageOf = { page, size: runsOnAPage }
  const runs = refuseBeyond(await database.runs(result.project, { result: result.id }, of), of)
  const context = await contextOf(result.project, result.id)
  const recordingUrl = ({ id }: RunRecord): string => `/recordings/${recordingLinks.of(result.project, id).token}`
  const items = runs.items.map(run => runView(run, context, shortRuns(result), recordingUrl))
  return { result: resultSummaryView(result), runs: { count: runs.count, items }, page: of }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
