import type { Kysely } from 'kysely'
import { cutAttempt } from '../../../domain/cut-attempt.js'
import type { Attempt, RunEnded, RunRetrying, RunStarted, SuiteStarted } from '../../../domain/event.js'
import type { Report } from '../../../domain/report.js'
import { StoreError, type StoredJournal } from '../../../ports/store.js'
import { eventRows } from './event-rows.js'
import type { Tables } from './tables.js'

const batch = 256

/**
 * A result of the database, in the form of a journal for reports and resuming.
 *
 * @throws {StoreError} when there is none.
 */
export async function storedResult(db: Kysely<Tables>, result: number): Promise<StoredJournal> {
  const row = await db.selectFrom('results').select(['started', 'report', 'total_runs']).where('id', '=', result).executeTakeFirst()
  if (!row) throw new StoreError('not_found', `There is no result ${result} in the database.`)
  const runs = db.selectFrom('runs').where('result', '=', result)
  const under = await runs.select(['idx', 'attempt']).where('state', '=', 'in_progress').execute()
  const ended = new Uint8Array(row.total_runs)
  for (const { idx } of await runs.select('idx').where('state', '=', 'ended').execute()) ended[idx] = 1

  return {
    started: JSON.parse(row.started) as SuiteStarted,
    ...(row.report !== null && { report: JSON.parse(row.report) as Report }),
    open: new Map(under.map(({ idx, attempt }) => [idx, attempt])),
    attempts: under.length > 0 ? await attemptsAtOpenRuns(db, result) : new Map(),
    endsStand: true,
    ended: index => ended[index] === 1,
    async *runs() {
      for (let after = -1; ;) {
        const rows = await runs
          .select(['idx', 'ended'])
          .where('state', '=', 'ended')
          .where('idx', '>', after)
          .orderBy('idx')
          .limit(batch)
          .execute()
        if (rows.length === 0) return
        yield rows.map(({ ended: body }) => JSON.parse(body ?? 'null') as RunEnded)
        after = rows.at(-1)?.idx ?? Infinity
      }
    },
    async *events() {
      for (let after = 0; ;) {
        const rows = await eventRows(db, result, after, batch)
        if (rows.length === 0) return
        for (const { event } of rows) yield event
        after = rows.at(-1)?.sequence ?? Infinity
      }
    },
  }
}

/** A start without an end or a retry after it was cut off. */
async function attemptsAtOpenRuns(db: Kysely<Tables>, result: number): Promise<ReadonlyMap<number, readonly Attempt[]>> {
  const attempts = new Map<number, Attempt[]>()
  const startedAt = new Map<number, string>()
  const endCut = (index: number): void => {
    const at = startedAt.get(index)
    if (at !== undefined) attempts.set(index, [...(attempts.get(index) ?? []), cutAttempt(at)])
    startedAt.delete(index)
  }
  const rows = await db
    .selectFrom('events')
    .innerJoin('runs', join => join.onRef('runs.result', '=', 'events.result').onRef('runs.idx', '=', 'events.run'))
    .select('events.body')
    .where('events.result', '=', result)
    .where('events.type', 'in', ['run.started', 'run.retrying'])
    .where('runs.state', '=', 'in_progress')
    .orderBy('events.sequence')
    .execute()
  for (const { body } of rows) {
    const event = JSON.parse(body ?? 'null') as RunStarted | RunRetrying
    if (event.type === 'run.started') {
      endCut(event.index)
      startedAt.set(event.index, event.at)
    } else {
      attempts.set(event.index, [...(attempts.get(event.index) ?? []), event.made])
      startedAt.delete(event.index)
    }
  }
  startedAt.forEach((_, index) => endCut(index))
  return attempts
}
