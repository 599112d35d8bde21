import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { RunAmended, RunAwaiting, RunEnded, RunStarted, SuiteEvent } from '../../../domain/event.js'
import { wasInterrupted, type Outcome } from '../../../domain/outcome.js'
import { plainText } from './plain-text.js'
import type { EventRow, ResultRow, Tables } from './tables.js'

/** Rows per statement, which can have at most 32,766 values. */
const batch = 1000

/**
 * Writes events, and updates the result and its runs. An ended run changes only where it is amended, so nothing is
 * counted twice.
 *
 * @param first  The sequence number of the first event.
 */
export async function writeEvents(tx: Transaction<Tables>, result: number, events: readonly SuiteEvent[], first: number): Promise<void> {
  const { starts, awaited, ends } = changesOf(events)
  await startRuns(tx, result, starts)
  await noteAwaited(tx, result, awaited)
  const changed = await endRuns(tx, result, ends)
  const amended = events.filter(event => event.type === 'run.amended')
  await amendRuns(tx, result, amended)
  const news = events.map((event, i) => rowOf(result, first + i, event)).filter((_, i) => isNews(events[i], ends, changed))
  for (const rows of inBatches(news)) await tx.insertInto('events').values(rows).execute()
  await updateResult(tx, result, {
    events,
    ends: ends.filter(({ index }) => changed.has(index)),
    amended,
    lastEvent: first + events.length - 1,
  })
}

interface Changes {
  readonly starts: readonly RunStarted[]
  readonly awaited: readonly RunAwaiting[]
  readonly ends: readonly RunEnded[]
}

/** The change of each run: its last start before its first end, and since when this attempt has waited to be called. */
function changesOf(events: readonly SuiteEvent[]): Changes {
  const starts = new Map<number, RunStarted>()
  const awaited = new Map<number, RunAwaiting>()
  const ends = new Map<number, RunEnded>()
  for (const event of events) {
    if (!('index' in event) || ends.has(event.index)) continue
    if (event.type === 'run.started') {
      starts.set(event.index, event)
      awaited.delete(event.index)
    }
    if (event.type === 'run.awaiting') awaited.set(event.index, event)
    if (event.type === 'run.ended') ends.set(event.index, event)
  }
  return { starts: [...starts.values()], awaited: [...awaited.values()], ends: [...ends.values()] }
}

async function startRuns(tx: Transaction<Tables>, result: number, starts: readonly RunStarted[]): Promise<void> {
  for (const some of inBatches(starts)) {
    const rows = some.map(({ index, attempt, at }) => sql`(${whole(index)}, ${whole(attempt)}, ${text(at)})`)
    await sql`
      update runs set state = 'in_progress', attempt = news.column2, started_at = news.column3, awaited_at = null
      from (values ${sql.join(rows)}) as news
      where runs.result = ${result} and runs.idx = news.column1 and runs.state <> 'ended'`.execute(tx)
  }
}

/** An event of an earlier attempt, which a worker told late, says nothing. */
async function noteAwaited(tx: Transaction<Tables>, result: number, awaited: readonly RunAwaiting[]): Promise<void> {
  for (const some of inBatches(awaited)) {
    const rows = some.map(({ index, attempt, at }) => sql`(${whole(index)}, ${whole(attempt)}, ${text(at)})`)
    await sql`
      update runs set awaited_at = news.column3
      from (values ${sql.join(rows)}) as news
      where runs.result = ${result} and runs.idx = news.column1 and runs.attempt = news.column2 and runs.state <> 'ended'`.execute(tx)
  }
}

/** @returns Indexes of the runs that had not ended before. */
async function endRuns(tx: Transaction<Tables>, result: number, ends: readonly RunEnded[]): Promise<ReadonlySet<number>> {
  const changed = new Set<number>()
  for (const some of inBatches(ends)) {
    const rows = some.map(event => {
      const { index, outcome, durationMs, at } = event
      const message = 'fault' in outcome ? plainText(outcome.fault.message) : null
      const values = [
        text(outcome.status),
        text(reasonOf(outcome)),
        text(message),
        whole(durationMs),
        text(at),
        text(JSON.stringify(event)),
      ]
      return sql`(${whole(index)}, ${sql.join(values)})`
    })
    const { rows: changes } = await sql<{ idx: number }>`
      update runs set state = 'ended', outcome = news.column2, reason = news.column3, message = news.column4,
        duration_ms = news.column5, ended_at = news.column6, ended = news.column7
      from (values ${sql.join(rows)}) as news
      where runs.result = ${result} and runs.idx = news.column1 and runs.state <> 'ended'
      returning runs.idx`.execute(tx)
    for (const { idx } of changes) changed.add(idx)
  }
  return changed
}

/** Replaces the ends of runs. */
async function amendRuns(tx: Transaction<Tables>, result: number, amended: readonly RunAmended[]): Promise<void> {
  for (const { was: _, ...event } of amended) {
    const ended = JSON.stringify({ ...event, type: 'run.ended' } satisfies RunEnded)
    await tx
      .updateTable('runs')
      .set({ outcome: event.outcome.status, ended })
      .where('result', '=', result)
      .where('idx', '=', event.index)
      .execute()
  }
}

/** Whether the event is new. A repeated end is not. */
function isNews(event: SuiteEvent | undefined, ends: readonly RunEnded[], changed: ReadonlySet<number>): boolean {
  return event?.type !== 'run.ended' || (changed.has(event.index) && ends.includes(event))
}

/** The row of an event. The run itself stores its end. */
function rowOf(result: number, sequence: number, event: SuiteEvent): EventRow {
  const body = event.type === 'run.ended' ? null : JSON.stringify(event)
  return { result, sequence, type: event.type, run: 'index' in event ? event.index : null, body }
}

interface ResultNews {
  readonly events: readonly SuiteEvent[]
  /** Of runs that had not ended before. */
  readonly ends: readonly RunEnded[]
  readonly amended: readonly RunAmended[]
  /** Sequence number. */
  readonly lastEvent: number
}

async function updateResult(tx: Transaction<Tables>, result: number, { events, ends, amended, lastEvent }: ResultNews): Promise<void> {
  const isRunning = events.some(({ type }) => type === 'run.started')
  const over = events.find(event => event.type === 'suite.ended')
  const state: Partial<ResultRow> = over
    ? { state: 'ended', report: JSON.stringify(over.report), verdict: over.report.gate.verdict, ended_at: over.at }
    : isRunning
      ? { state: 'running' }
      : {}
  const passedSince = amended.reduce((sum, { outcome, was }) => sum + Number(outcome.status === 'passed') - Number(was === 'passed'), 0)
  const count = (counts: (outcome: Outcome) => boolean): number => ends.filter(({ outcome }) => counts(outcome)).length
  await tx
    .updateTable('results')
    .set({
      ...state,
      ended_runs: sql`ended_runs + ${ends.length}`,
      scored_runs: sql`scored_runs + ${count(outcome => 'verdict' in outcome)}`,
      passed_runs: sql`passed_runs + ${count(({ status }) => status === 'passed') + passedSince}`,
      cancelled_runs: sql`cancelled_runs + ${count(wasCancelled)}`,
      revision: sql`revision + 1`,
      last_event: lastEvent,
      updated_at: new Date().toISOString(),
    })
    .where('id', '=', result)
    .execute()
}

/** Cancelled or interrupted. */
function wasCancelled(outcome: Outcome): boolean {
  return wasInterrupted(outcome) || (outcome.status === 'not_run' && outcome.reason !== 'suite_timeout')
}

function reasonOf(outcome: Outcome): string | null {
  if ('fault' in outcome) return outcome.fault.code
  return 'reason' in outcome ? outcome.reason : null
}

/** PostgreSQL gives values in a list no type, so they need a cast. */
function whole(value: number): RawBuilder<number> {
  return sql`cast(${value} as integer)`
}

function text(value: string | null): RawBuilder<string | null> {
  return sql`cast(${value} as text)`
}

function* inBatches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += batch) yield items.slice(from, from + batch)
}
