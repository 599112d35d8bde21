import { sql, type Kysely, type Transaction } from 'kysely'
import type { SuiteEvent } from '../../../domain/event.js'
import { wasInterrupted, type Outcome } from '../../../domain/outcome.js'
import { StoreError, type Journal } from '../../../ports/store.js'
import { patiently } from './lost.js'
import { plainText } from './plain-text.js'
import { storedResult } from './stored-result.js'
import type { RunRow, Tables } from './tables.js'
import type { Writer } from './writer.js'

/** Rows of a statement; it takes at most 32,766 values. */
const batch = 1000

/**
 * The journal of a result that was begun: its events, and the result and its runs as they say. While the database is lost
 * it waits.
 *
 * @param signal  Once aborted, it does not wait any more.
 */
export async function journalOf(db: Kysely<Tables>, writer: Writer, result: number, signal?: AbortSignal): Promise<Journal> {
  const row = await patiently(() => db.selectFrom('results').select('last_event').where('id', '=', result).executeTakeFirst(), { signal })
  if (!row) throw new StoreError(`There is no result ${result} in the database.`)
  let sequence = row.last_event
  let gathered: SuiteEvent[] = []
  let written: Promise<void> = Promise.resolve()
  let failure: unknown

  const writeGathered = (): void => {
    const events = gathered
    const first = sequence + 1
    gathered = []
    sequence += events.length
    const writing = writer.write(async (tx, isAgain) => {
      if (!isAgain || !(await isWritten(tx, result, first))) await writeEvents(tx, result, events, first)
    })
    written = writing.catch((cause: unknown) => void (failure ??= cause))
  }
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure
  }

  const flush = async (): Promise<void> => {
    if (gathered.length > 0) writeGathered()
    await written
    throwFailure()
  }

  return {
    place: String(result),
    append(event) {
      throwFailure()
      if (!isStored(event)) return
      gathered.push(event)
      if (gathered.length === 1) setImmediate(() => gathered.length > 0 && writeGathered())
    },
    flush,
    async stored() {
      await flush()
      return sequence === 0 ? undefined : patiently(() => storedResult(db, result), { signal })
    },
    [Symbol.asyncDispose]: flush,
  }
}

/** Turns are told live, and are in the run's end: they are not stored twice. */
function isStored(event: SuiteEvent): boolean {
  return event.type !== 'run.turn'
}

/** Whether it was written after all, when nobody could tell. */
async function isWritten(tx: Transaction<Tables>, result: number, first: number): Promise<boolean> {
  const row = await tx.selectFrom('results').select('last_event').where('id', '=', result).executeTakeFirst()
  return row !== undefined && row.last_event >= first
}

async function writeEvents(tx: Transaction<Tables>, result: number, events: readonly SuiteEvent[], first: number): Promise<void> {
  let sequence = first
  const rows: Tables['events'][] = []
  const ended = { ended: 0, scored: 0, passed: 0, cancelled: 0 }
  const update: { state?: 'running' | 'ended'; report?: string; ended_at?: string } = {}
  for (const event of events) {
    const run = 'index' in event ? event.index : null
    const body = event.type === 'run.ended' ? null : JSON.stringify(event)
    rows.push({ result, sequence, type: event.type, run, body })
    sequence += 1
    if (event.type === 'run.started') {
      update.state ??= 'running'
      await runAt(tx, result, event.index)
        .set({ state: 'in_progress', attempt: event.attempt, started_at: event.at })
        .execute()
    }
    if (event.type === 'run.ended') {
      const { numUpdatedRows } = await runAt(tx, result, event.index).set(endOf(event)).executeTakeFirst()
      const { outcome } = event
      if (numUpdatedRows === 0n) {
        rows.pop()
      } else {
        ended.ended += 1
        ended.scored += Number('verdict' in outcome)
        ended.passed += Number(outcome.status === 'passed')
        ended.cancelled += Number(wasCancelled(outcome))
      }
    }
    if (event.type === 'suite.ended') Object.assign(update, { state: 'ended', report: JSON.stringify(event.report), ended_at: event.at })
  }
  for (let from = 0; from < rows.length; from += batch) await tx.insertInto('events').values(rows.slice(from, from + batch)).execute()
  await tx
    .updateTable('results')
    .set({
      ...update,
      ended_runs: sql`ended_runs + ${ended.ended}`,
      scored_runs: sql`scored_runs + ${ended.scored}`,
      passed_runs: sql`passed_runs + ${ended.passed}`,
      cancelled_runs: sql`cancelled_runs + ${ended.cancelled}`,
      revision: sql`revision + 1`,
      last_event: sequence - 1,
      updated_at: new Date().toISOString(),
    })
    .where('id', '=', result)
    .execute()
}

/** A run that has not ended: what has ended stays as it is, so that nothing is counted twice. */
function runAt(tx: Transaction<Tables>, result: number, index: number) {
  return tx.updateTable('runs').where('result', '=', result).where('idx', '=', index).where('state', '<>', 'ended')
}

function endOf(event: Extract<SuiteEvent, { type: 'run.ended' }>): Partial<RunRow> {
  const { outcome } = event
  return {
    state: 'ended',
    outcome: outcome.status,
    reason: reasonOf(outcome),
    message: 'fault' in outcome ? plainText(outcome.fault.message) : null,
    duration_ms: event.durationMs,
    ended_at: event.at,
    ended: JSON.stringify(event),
  }
}

/** Called off, or cut off. */
function wasCancelled(outcome: Outcome): boolean {
  return wasInterrupted(outcome) || (outcome.status === 'not_run' && outcome.reason !== 'suite_timeout')
}

function reasonOf(outcome: Outcome): string | null {
  if ('fault' in outcome) return outcome.fault.code
  return 'reason' in outcome ? outcome.reason : null
}
