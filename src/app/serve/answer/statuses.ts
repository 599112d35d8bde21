import type { ControlReport } from '../../../domain/report.js'
import type { ResultRecord, RunStanding } from '../../../ports/database.js'

export type RunStatus = 'pending' | 'in_progress' | 'completed' | 'failed' | 'timeout' | 'cancelled'
export type ResultStatus = 'pending' | 'running' | 'completed' | 'failed' | 'timeout' | 'cancelled'

/**
 * The API's status of a run. `completed`: the conversation was scored, whatever the score. `failed`: it did not reach its
 * end, because of the agent or of us; `metadata.callsheet` of the run says which.
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
 * A result is `completed` once it is over and at least one run completed. If its judge got a control wrong, its verdicts
 * prove nothing: the result is then `failed`, however its runs ended.
 */
export function resultStatus({ state, counts, report }: ResultRecord): ResultStatus {
  if (state !== 'ended') return state
  if (counts.scored > 0) return wrongControls(report).length > 0 ? 'failed' : 'completed'
  if (report?.stopped === 'suite_timeout') return 'timeout'
  return report?.stopped === 'cancelled' || counts.cancelled === counts.total ? 'cancelled' : 'failed'
}

/** The number of successful runs; 0 if the judge got a control wrong. */
export function successes({ counts, report }: Pick<ResultRecord, 'counts' | 'report'>): number {
  return wrongControls(report).length > 0 ? 0 : counts.passed
}

/** The controls that the judge got wrong. */
export function wrongControls(report: ResultRecord['report']): readonly ControlReport[] {
  return report?.controls?.filter(({ holds }) => holds !== 'yes') ?? []
}

/** Percent of the runs that succeeded. Not rounded, because 100 must mean all. */
export function successRate(succeeded: number, total: number): number {
  return total === 0 ? 0 : (100 * succeeded) / total
}
