import type { Kysely } from 'kysely'
import type { SequencedEvent } from '../../../ports/database.js'
import type { Tables } from './tables.js'

/** A result's stored events after a sequence number, in order. The body of a run's end is read from its run. */
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
