import { sql, type Kysely, type Transaction } from 'kysely'
import type { SuiteEvent } from '../../../domain/event.js'
import { wasInterrupted, type Outcome } from '../../../domain/outcome.js'
import { StoreError, type Journal } from '../../../ports/store.js'
import { storedResult } from './stored-result.js'
import type { RunRow, Tables } from './tables.js'
import type { Writer } from './writer.js'

/** The journal of a result that was begun: its events, and the result and its runs as they say. */
export async function journalOf(db: Kysely<Tables>, writer: Writer, result: number): Promise<Journal> {
  const row = await db.selectFrom('results').select('last_event').where('id', '=', result).executeTakeFirst()
  if (!row) throw new StoreError(`There is no result ${result} in the database.`)
  let sequence = row.last_event
  let gathered: SuiteEvent[] = []
  let written: Promise<void> = Promise.resolve()
  let failure: unknown

  const writeGathered = (): void => {
    const events = gathered
    const first = sequence + 1
    gathered = []
    sequence += events.filter(isStored).length
    written = writer.write(tx => writeEvents(tx, result, events, first)).catch((cause: unknown) => void (failure ??= cause))
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
      gathered.push(event)
      if (gathered.length === 1) setImmediate(() => gathered.length > 0 && writeGathered())
    },
    flush,
    async stored() {
      await flush()
      return sequence === 0 ? undefined : storedResult(db, result)
    },
    [Symbol.asyncDispose]: flush,
  }
}

/** Turns are told live, and are in the run's end: they are not stored twice. */
function isStored(event: SuiteEvent): boolean {
  return event.type !== 'run.turn'
}

async function writeEvents(tx: Transaction<Tables>, result: number, events: readonly SuiteEvent[], first: number): Promise<void> {
  let sequence = first
  const rows: Tables['events'][] = []
  const ended = { ended: 0, scored: 0, passed: 0, cancelled: 0 }
  const update: { state?: 'running' | 'ended'; report?: string; ended_at?: string } = {}
  for (const event of events.filter(isStored)) {
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
  if (rows.length > 0) await tx.insertInto('events').values(rows).execute()
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
    message: 'fault' in outcome ? outcome.fault.message : null,
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
