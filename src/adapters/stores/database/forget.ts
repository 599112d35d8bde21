import type { Kysely, Transaction } from 'kysely'
import { whileBusy } from './lost.js'
import type { Tables } from './tables.js'

/** How many results, and rows of a result, to remove at a time. Writers get their turn in between. */
const [resultsAtOnce, rowsAtOnce] = [50, 1000]

/** How long to keep an unused document: someone may be about to start a result with it. */
const unusedDocumentMs = 24 * 60 * 60 * 1000

/** How long an idempotency key is valid. */
const keyMs = 24 * 60 * 60 * 1000

/**
 * Removes results that ended before a time, and everything that has expired. A result disappears at once for all
 * readers; its rows are removed in small batches. If interrupted, the next call continues.
 */
export async function forget(
  db: Kysely<Tables>,
  endedBefore: string,
  now: string,
  clear: (result: number) => Promise<void>,
): Promise<{ readonly results: number }> {
  const step: Step = work => whileBusy(() => db.transaction().execute(work))
  await step(tx => tx.deleteFrom('share_tokens').where('expires_at', '<=', now).execute())
  await step(tx => tx.deleteFrom('idempotency_keys').where('created_at', '<=', earlier(now, keyMs)).execute())
  let results = 0
  for (let gone = await hideSome(step, endedBefore); gone.length > 0; gone = await hideSome(step, endedBefore)) {
    const ids = gone
    for (const id of ids) {
      await clear(id)
      await removeRows(step, id)
    }
    for (const table of ['share_tokens', 'idempotency_keys'] as const) {
      await step(tx => tx.deleteFrom(table).where('result', 'in', ids).execute())
    }
    await step(tx => tx.deleteFrom('kept_lines').where('result', 'in', ids).execute())
    await step(tx => tx.deleteFrom('results').where('id', 'in', ids).execute())
    results += ids.length
  }
  await step(tx =>
    tx
      .deleteFrom('documents')
      .where('kept_at', '<', earlier(now, unusedDocumentMs))
      .where('digest', 'not in', tx.selectFrom('results').select('document'))
      .execute(),
  )
  return { results }
}

/** Does a part of the work in a transaction of its own. */
type Step = <Value>(work: (tx: Transaction<Tables>) => Promise<Value>) => Promise<Value>

/** Detaches old results from their projects. @returns Their ids. */
function hideSome(step: Step, endedBefore: string): Promise<number[]> {
  return step(async tx => {
    const old = await tx
      .selectFrom('results')
      .select('id')
      .where('state', '=', 'ended')
      // Also results that an interrupted call left half removed.
      .where(({ eb, or }) => or([eb('ended_at', '<', endedBefore), eb('project', '=', '')]))
      .orderBy('ended_at')
      .limit(resultsAtOnce)
      .execute()
    const ids = old.map(({ id }) => id)
    if (ids.length > 0) await tx.updateTable('results').set({ project: '' }).where('id', 'in', ids).execute()
    return ids
  })
}

async function removeRows(step: Step, result: number): Promise<void> {
  for (const [table, place] of [
    ['runs', 'idx'],
    ['events', 'sequence'],
  ] as const) {
    for (let from = 0, isLeft = true; isLeft; from += rowsAtOnce) {
      isLeft = await step(async tx => {
        const last = await tx
          .selectFrom(table)
          .select(({ fn }) => fn.max<number | null>(place).as('last'))
          .where('result', '=', result)
          .executeTakeFirst()
        if (last?.last === null || last?.last === undefined) return false
        await tx
          .deleteFrom(table)
          .where('result', '=', result)
          .where(place, '<', from + rowsAtOnce)
          .execute()
        return true
      })
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
