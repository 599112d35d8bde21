import type { RunEnded, SuiteStarted } from '../../../domain/event.js'
import type { Report } from '../../../domain/report.js'
import type { RunRequest } from '../../../domain/run-request.js'
import type { ResultRecord, RunRecord, RunStanding } from '../../../ports/database.js'
import type { ResultRow, RunRow } from './tables.js'

/** The columns of a run that {@link runStanding} reads: all but the conversation. */
export const standingColumns = [
  'id',
  'result',
  'idx',
  'state',
  'attempt',
  'outcome',
  'reason',
  'message',
  'duration_ms',
  'started_at',
  'awaited_at',
  'ended_at',
] as const

type StandingRow = Pick<RunRow, (typeof standingColumns)[number]>

export function resultRecord(row: ResultRow): ResultRecord {
  return {
    id: row.id,
    project: row.project,
    suite: row.suite,
    agentId: row.agent_id,
    request: JSON.parse(row.request) as RunRequest,
    document: row.document,
    started: JSON.parse(row.started) as SuiteStarted,
    state: row.state,
    ...(row.report !== null && { report: JSON.parse(row.report) as Report }),
    counts: {
      total: row.total_runs,
      ended: row.ended_runs,
      scored: row.scored_runs,
      passed: row.passed_runs,
      cancelled: row.cancelled_runs,
    },
    firstRun: row.first_run,
    ...(row.rerun_of !== null && { rerunOf: row.rerun_of }),
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
  }
}

export function runStanding(row: StandingRow): RunStanding {
  return {
    id: row.id,
    result: row.result,
    index: row.idx,
    state: row.state,
    attempt: row.attempt,
    ...(row.outcome !== null && { outcome: row.outcome }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.message !== null && { message: row.message }),
    ...(row.duration_ms !== null && { durationMs: row.duration_ms }),
    ...(row.started_at !== null && { startedAt: row.started_at }),
    ...(row.awaited_at !== null && { awaitedAt: row.awaited_at }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
  }
}

/** @param row  With the revision of its result. */
export function runRecord(row: RunRow & { readonly revision: number }): RunRecord {
  return { ...runStanding(row), resultRevision: row.revision, ...(row.ended !== null && { ended: JSON.parse(row.ended) as RunEnded }) }
}
