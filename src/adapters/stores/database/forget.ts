import type { Kysely } from 'kysely'
import type { Tables } from './tables.js'

/** Results, and rows of theirs, that are removed in one go; writers get their turn in between. */
const [resultsAtOnce, rowsAtOnce] = [50, 1000]

/** How long a document is kept that no result needs: it may be in the hands of someone who is about to begin one. */
const unusedDocumentMs = 24 * 60 * 60 * 1000

/** How long an idempotency key counts. */
const keyMs = 24 * 60 * 60 * 1000

/**
 * Removes what has ended before a time, and what has expired. A result is gone at once for all who look; its rows follow
 * in small batches. Cut off in the middle, the next time goes on with it.
 */
export async function forget(db: Kysely<Tables>, endedBefore: string, now: string): Promise<{ readonly results: number }> {
  await db.deleteFrom('share_tokens').where('expires_at', '<=', now).execute()
  await db.deleteFrom('idempotency_keys').where('created_at', '<=', earlier(now, keyMs)).execute()
  let results = 0
  for (let gone = await hideSome(db, endedBefore); gone.length > 0; gone = await hideSome(db, endedBefore)) {
    for (const id of gone) await removeRows(db, id)
    for (const table of ['share_tokens', 'idempotency_keys'] as const) await db.deleteFrom(table).where('result', 'in', gone).execute()
    await db.deleteFrom('results').where('id', 'in', gone).execute()
    results += gone.length
  }
  await db
    .deleteFrom('documents')
    .where('kept_at', '<', earlier(now, unusedDocumentMs))
    .where('digest', 'not in', db.selectFrom('results').select('document'))
    .execute()
  return { results }
}

/** @returns Ids of results that are nobody's any more. */
async function hideSome(db: Kysely<Tables>, endedBefore: string): Promise<number[]> {
  const old = await db
    .selectFrom('results')
    .select('id')
    .where('state', '=', 'ended')
    // Also what an earlier time has left half done.
    .where(({ eb, or }) => or([eb('ended_at', '<', endedBefore), eb('project', '=', '')]))
    .orderBy('ended_at')
    .limit(resultsAtOnce)
    .execute()
  const ids = old.map(({ id }) => id)
  if (ids.length > 0) await db.updateTable('results').set({ project: '' }).where('id', 'in', ids).execute()
  return ids
}

async function removeRows(db: Kysely<Tables>, result: number): Promise<void> {
  for (const [table, place] of [
    ['runs', 'idx'],
    ['events', 'sequence'],
  ] as const) {
    for (let from = 0; ; from += rowsAtOnce) {
      const last = await db
        .selectFrom(table)
        .select(({ fn }) => fn.max<number | null>(place).as('last'))
        .where('result', '=', result)
        .executeTakeFirst()
      if (last?.last === null || last?.last === undefined) break
      await db
        .deleteFrom(table)
        .where('result', '=', result)
        .where(place, '<', from + rowsAtOnce)
        .execute()
      await yieldToOthers()
    }
  }
}

/** The embedded database works in this thread. */
function yieldToOthers(): Promise<void> {
  return new Promise(resolve => void setImmediate(resolve))
}

function earlier(time: string, byMs: number): string {
  return new Date(Date.parse(time) - byMs).toISOString()
}
