import { sql, type Kysely, type Transaction } from 'kysely'
import { namedAs, type Database, type NewResult, type Page, type PageOf } from '../../../ports/database.js'
import { beAlone } from './alone.js'
import { assignIds } from './assign-ids.js'
import { eventRows } from './event-rows.js'
import { forget } from './forget.js'
import { insertRuns } from './insert-runs.js'
import { journalOf } from './journal.js'
import type { Patience } from './lost.js'
import { migrate } from './migrate.js'
import { connect } from './open.js'
import { plainText } from './plain-text.js'
import { resultRecord, runRecord, runStanding, standingColumns } from './records.js'
import { storedResult } from './stored-result.js'
import type { Tables } from './tables.js'
import { createWriter } from './writer.js'

const batch = 256

export interface DatabaseOptions extends Patience {
  /** If given, a database that another server works with is refused. Told while one is waited for, or if one takes over. */
  onOther?(why: string): void
}

/**
 * Opens the server's database, and brings its tables up to date.
 *
 * @param place  A `postgres://` URL, or a folder.
 * @throws {StoreError}
 */
export async function openDatabase(place: string, options: DatabaseOptions = {}): Promise<Database> {
  const db = await connect(place)
  let alone: AsyncDisposable | undefined
  const close = async (): Promise<void> => {
    await db.destroy()
    await alone?.[Symbol.asyncDispose]()
  }
  try {
    if (options.onOther) alone = await beAlone(place, options.onOther)
    await migrate(db, place)
  } catch (cause) {
    await close()
    throw cause
  }
  const writer = createWriter(db, options)

  return {
    async begin(result, key) {
      return db.transaction().execute(async tx => {
        if (key) {
          // Whoever begins at the same time waits here, and then sees the key.
          await take(tx, 'results', 0)
          const known = await tx
            .selectFrom('idempotency_keys')
            .selectAll()
            .where('project', '=', result.project)
            .where('key', '=', key.key)
            .where('created_at', '>=', key.notBefore)
            .executeTakeFirst()
          if (known) return { status: 'known', result: known.result, same: known.request_hash === key.requestHash }
        }
        const id = await take(tx, 'results', 1)
        const firstRun = await take(tx, 'runs', result.started.plan.totalRuns)
        await insertResult(tx, result, id, firstRun)
        await insertRuns(tx, result.started.plan, id, firstRun)
        if (key) {
          const row = { project: result.project, key: key.key, request_hash: key.requestHash, result: id, created_at: result.createdAt }
          await tx
            .insertInto('idempotency_keys')
            .values(row)
            .onConflict(conflict => conflict.columns(['project', 'key']).doUpdateSet(row))
            .execute()
        }
        return { status: 'begun', result: id, firstRun }
      })
    },

    journal: result => journalOf(db, writer, result, options.signal),
    read: result => storedResult(db, result),

    async result(project, id) {
      const row = await db.selectFrom('results').selectAll().where('id', '=', id).where('project', '=', project).executeTakeFirst()
      return row && resultRecord(row)
    },

    async revision(project, id) {
      const row = await db.selectFrom('results').select('revision').where('id', '=', id).where('project', '=', project).executeTakeFirst()
      return row?.revision
    },

    async results(project, { agentId, search }, page) {
      let query = db.selectFrom('results').where('project', '=', project)
      if (agentId !== undefined) query = query.where('agent_id', '=', agentId)
      if (search !== undefined)
        query = query.where('searched', 'like', sql<string>`${`%${searchable(search).replaceAll(/[%_!]/g, '!$&')}%`} escape '!'`)
      return paged(query, rows =>
        rows
          .selectAll()
          .orderBy('id', 'desc')
          .$call(limited(page))
          .execute()
          .then(found => found.map(resultRecord)),
      )
    },

    async run(project, id) {
      const row = await runsIn(project).selectAll('runs').where('runs.id', '=', id).executeTakeFirst()
      return row && runRecord(row)
    },

    async runs(project, { result, scenarioId, agentId }, page) {
      let query = runsIn(project)
      if (result !== undefined) query = query.where('runs.result', '=', result)
      if (scenarioId !== undefined) query = query.where('runs.scenario_id', '=', scenarioId)
      if (agentId !== undefined) query = query.where('results.agent_id', '=', agentId)
      return paged(query, rows =>
        rows
          .selectAll('runs')
          .orderBy('runs.id')
          .$call(limited(page))
          .execute()
          .then(found => found.map(runRecord)),
      )
    },

    async runsById(project, ids) {
      if (ids.length === 0) return []
      const rows = await runsIn(project)
        .selectAll('runs')
        .where('runs.id', 'in', [...ids])
        .execute()
      const byId = new Map(rows.map(row => [row.id, runRecord(row)]))
      return ids.flatMap(id => byId.get(id) ?? [])
    },

    async *standings(result, from = 0) {
      for (let after = from - 1; ;) {
        const rows = await db
          .selectFrom('runs')
          .select(standingColumns)
          .where('result', '=', result)
          .where('idx', '>', after)
          .orderBy('idx')
          .limit(batch)
          .execute()
        if (rows.length === 0) return
        yield rows.map(runStanding)
        after = rows.at(-1)?.idx ?? Infinity
      }
    },

    events: (result, after, limit) => eventRows(db, result, after, limit),

    async unfinished() {
      return (await db.selectFrom('results').selectAll().where('state', '<>', 'ended').orderBy('id').execute()).map(resultRecord)
    },

    async keepDocument(digest, body) {
      const kept_at = new Date().toISOString()
      await db
        .insertInto('documents')
        .values({ digest, body, kept_at })
        .onConflict(conflict => conflict.column('digest').doUpdateSet({ kept_at }))
        .execute()
    },

    async document(digest) {
      return (await db.selectFrom('documents').select('body').where('digest', '=', digest).executeTakeFirst())?.body
    },

    async assignIds(project, named) {
      const ids = await db.transaction().execute(tx => assignIds(tx, project, named))
      return new Map(ids.map(({ kind, key, id }) => [namedAs(kind, key), id]))
    },

    async keepShareToken(hash, project, result, expiresAt) {
      await db.insertInto('share_tokens').values({ hash, project, result, expires_at: expiresAt }).execute()
    },

    async shared(hash, now) {
      return db
        .selectFrom('share_tokens')
        .select(['project', 'result'])
        .where('hash', '=', hash)
        .where('expires_at', '>', now)
        .executeTakeFirst()
    },

    forget: (endedBefore, now) => forget(db, endedBefore, now),

    async [Symbol.asyncDispose]() {
      await writer.idle()
      await close()
    },
  }

  function runsIn(project: string) {
    return db.selectFrom('runs').innerJoin('results', 'results.id', 'runs.result').where('results.project', '=', project)
  }
}

function limited({ page, size }: PageOf) {
  return <Query extends { limit(n: number): Query; offset(n: number): Query }>(query: Query): Query =>
    query.limit(size).offset((page - 1) * size)
}

/** A page of a query's rows, and how many there are in all. */
async function paged<Query, Item>(
  query: Query & { select(count: unknown): { executeTakeFirstOrThrow(): Promise<unknown> } },
  read: (query: Query) => Promise<readonly Item[]>,
): Promise<Page<Item>> {
  const { count } = (await query.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()) as { count: number | string }
  return { count: Number(count), items: await read(query) }
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

/** A name as it is searched for. In lower case here, for the databases do not agree on what that is. */
function searchable(name: string): string {
  return plainText(name.toLowerCase())
}
