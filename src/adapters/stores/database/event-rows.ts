import type { Kysely } from 'kysely'
import type { SequencedEvent } from '../../../ports/database.js'
import type { Tables } from './tables.js'

/** The stored events of a result after a place in its sequence, in order; the end of a run stands with the run. */
export async function eventRows(db: Kysely<Tables>, result: number, after: number, limit: number): Promise<readonly SequencedEvent[]> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('runs', join => join.onRef('runs.result', '=', 'events.result').onRef('runs.idx', '=', 'events.run'))
    .select(['events.sequence', 'events.body', 'runs.ended'])
    .where('events.result', '=', result)
    .where('events.sequence', '>', after)
    .orderBy('events.sequence')
    .limit(limit)
    .execute()
  return rows.map(({ sequence, body, ended }) => ({ sequence, event: JSON.parse(body ?? ended ?? 'null') as SequencedEvent['event'] }))
}
