import { sql, type Kysely, type Transaction } from 'kysely'
import type { Begun, IdempotencyKey, NewResult } from '../../../ports/database.js'
import { insertRuns } from './insert-runs.js'
import { searchable } from './plain-text.js'
import type { Tables } from './tables.js'

/** Inserts a result, its runs and its idempotency key. If the key is known already, inserts nothing. */
export function beginResult(db: Kysely<Tables>, result: NewResult, key?: IdempotencyKey): Promise<Begun> {
  return db.transaction().execute(async tx => {
    const known = key && (await findKey(tx, result.project, key))
    if (known) return known
    const id = await take(tx, 'results', 1)
    const firstRun = await take(tx, 'runs', result.started.plan.totalRuns)
    await insertResult(tx, result, id, firstRun)
    await insertRuns(tx, result.started.plan, id, firstRun)
    if (key) await keepKey(tx, result, key, id)
    return { status: 'begun', result: id, firstRun }
  })
}

async function findKey(tx: Transaction<Tables>, project: string, key: IdempotencyKey): Promise<Begun | undefined> {
  // A transaction that begins at the same time waits here, and then sees the key.
  await take(tx, 'results', 0)
  const known = await tx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('project', '=', project)
    .where('key', '=', key.key)
    .where('created_at', '>=', key.notBefore)
    .executeTakeFirst()
  return known && { status: 'known', result: known.result, same: known.request_hash === key.requestHash }
}

async function keepKey(tx: Transaction<Tables>, result: NewResult, key: IdempotencyKey, id: number): Promise<void> {
  const row = { project: result.project, key: key.key, request_hash: key.requestHash, result: id, created_at: result.createdAt }
  await tx
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict(conflict => conflict.columns(['project', 'key']).doUpdateSet(row))
    .execute()
}

/** Takes the next `count` ids. @returns The first of them. */
async function take(tx: Transaction<Tables>, name: Tables['counters']['name'], count: number): Promise<number> {
  const { next } = await tx
    .insertInto('counters')
    .values({ name, next: 1 + count })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet(({ ref }) => ({ next: sql<number>`${ref('counters.next')} + ${sql.lit(count)}` })),
    )
    .returning('next')
    .executeTakeFirstOrThrow()
  return next - count
}

async function insertResult(tx: Kysely<Tables>, result: NewResult, id: number, firstRun: number): Promise<void> {
  const { project, suite, agentId, request, document, started, createdAt, rerunOf } = result
  await tx
    .insertInto('results')
    .values({
      id,
      project,
      suite,
      agent_id: agentId,
      searched: searchable(request.name),
      request: JSON.stringify(request),
      document,
      started: JSON.stringify({ ...started, result: String(id) }),
      state: 'pending',
      report: null,
      verdict: null,
      branch: started.context?.vcs?.branch ?? null,
      total_runs: started.plan.totalRuns,
      ended_runs: 0,
      scored_runs: 0,
      passed_runs: 0,
      cancelled_runs: 0,
      first_run: firstRun,
      rerun_of: rerunOf ?? null,
      revision: 1,
      last_event: 0,
      created_at: createdAt,
      updated_at: createdAt,
      ended_at: null,
    })
    .execute()
}
