import type { ControlReport } from '../../../domain/report.js'
import type { ResultRecord, RunStanding } from '../../../ports/database.js'

export type RunStatus = 'pending' | 'in_progress' | 'completed' | 'failed' | 'timeout' | 'cancelled'
export type ResultStatus = 'pending' | 'running' | 'completed' | 'failed' | 'timeout' | 'cancelled'

/**
 * The API's status of a run. `completed` is a conversation that was scored, whatever the score; `failed` is one that could
 * not be held to its end, be it the agent's doing or ours: `metadata.callsheet` of the run tells which.
 */
export function runStatus({ state, outcome, reason }: RunStanding): RunStatus {
  if (state !== 'ended') return state
  if (outcome === 'passed' || outcome === 'failed' || outcome === 'unscored') return 'completed'
  if (outcome === 'not_run') return reason === 'suite_timeout' ? 'timeout' : 'cancelled'
  return reason === 'interrupted' ? 'cancelled' : 'failed'
}

export function isSuccess({ outcome }: RunStanding): boolean {
  return outcome === 'passed'
}

/**
 * A result is `completed` once it is over and any of its runs completed. If its judge was wrong about a conversation that
 * the judge itself is judged by, what it says of the runs proves nothing: then it is `failed`, however they ended.
 */
export function resultStatus({ state, counts, report }: ResultRecord): ResultStatus {
  if (state !== 'ended') return state
  if (counts.scored > 0) return wrongControls(report).length > 0 ? 'failed' : 'completed'
  if (report?.stopped === 'suite_timeout') return 'timeout'
  return report?.stopped === 'cancelled' || counts.cancelled === counts.total ? 'cancelled' : 'failed'
}

/** How many of its runs succeeded: none, where what its judge says of them proves nothing. */
export function successes({ counts, report }: Pick<ResultRecord, 'counts' | 'report'>): number {
  return wrongControls(report).length > 0 ? 0 : counts.passed
}

/** What the judge is judged by, and was not right about. */
export function wrongControls(report: ResultRecord['report']): readonly ControlReport[] {
  return report?.controls?.filter(({ holds }) => holds !== 'yes') ?? []
}

/** Percent of the runs that succeeded; not rounded, for 100 has to mean all. */
export function successRate(succeeded: number, total: number): number {
  return total === 0 ? 0 : (100 * succeeded) / total
}
