import type { Kysely } from 'kysely'
import type { RunEnded, SuiteEvent, SuiteStarted } from '../../../domain/event.js'
import type { Report } from '../../../domain/report.js'
import { StoreError, type StoredJournal } from '../../../ports/store.js'
import type { Tables } from './tables.js'

const batch = 256

/** A result of the database, as reports and resumptions read journals. @throws {StoreError} when there is none. */
export async function storedResult(db: Kysely<Tables>, result: number): Promise<StoredJournal> {
  const row = await db.selectFrom('results').select(['started', 'report', 'total_runs']).where('id', '=', result).executeTakeFirst()
  if (!row) throw new StoreError(`There is no result ${result} in the database.`)
  const runs = db.selectFrom('runs').where('result', '=', result)
  const under = await runs.select(['idx', 'attempt']).where('state', '=', 'in_progress').execute()
  const ended = new Uint8Array(row.total_runs)
  for (const { idx } of await runs.select('idx').where('state', '=', 'ended').execute()) ended[idx] = 1

  return {
    started: JSON.parse(row.started) as SuiteStarted,
    ...(row.report !== null && { report: JSON.parse(row.report) as Report }),
    open: new Map(under.map(({ idx, attempt }) => [idx, attempt])),
    ended: index => ended[index] === 1,
    async *runs() {
      for (let after = -1; ;) {
        const rows = await runs.select(['idx', 'ended']).where('state', '=', 'ended').where('idx', '>', after).orderBy('idx').limit(batch).execute()
        if (rows.length === 0) return
        yield rows.map(({ ended: body }) => JSON.parse(body ?? 'null') as RunEnded)
        after = rows.at(-1)?.idx ?? Infinity
      }
    },
    async *events() {
      for (let after = 0; ;) {
        const rows = await db
          .selectFrom('events')
          .leftJoin('runs', join => join.onRef('runs.result', '=', 'events.result').onRef('runs.idx', '=', 'events.run'))
          .select(['events.sequence', 'events.body', 'runs.ended'])
          .where('events.result', '=', result)
          .where('events.sequence', '>', after)
          .orderBy('events.sequence')
          .limit(batch)
          .execute()
        if (rows.length === 0) return
        for (const { body, ended: end } of rows) yield JSON.parse(body ?? end ?? 'null') as SuiteEvent
        after = rows.at(-1)?.sequence ?? Infinity
      }
    },
  }
}
