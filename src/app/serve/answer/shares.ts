import { createHash, randomBytes } from 'node:crypto'
import type { ResultRecord } from '../../../ports/database.js'
import type { Project } from '../catalogue/catalogue.js'
import { notFound, Refusal } from '../refusal.js'
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

/** The result that a token opens. @throws {Refusal} 404 for an unknown or expired token. */
export async function readShared({ database, clock }: Pick<Service, 'database' | 'clock'>, token: string): Promise<ResultRecord> {
  const shared = await database.shared(hashOf(token), clock.date().toISOString())
  const result = shared && (await database.result(shared.project, shared.result))
  if (!result) throw notFound()
  return result
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
