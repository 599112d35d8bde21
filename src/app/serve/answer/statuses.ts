import type { CaseSummary, EntrySummary } from '../../../domain/event.js'
import type { ControlReport, GateLine } from '../../../domain/report.js'
import type { ResultRecord, RunStanding } from '../../../ports/database.js'

export type RunStatus = 'pending' | 'in_progress' | 'completed' | 'failed' | 'timeout' | 'cancelled'
export type ResultStatus = 'pending' | 'running' | 'completed' | 'failed' | 'timeout' | 'cancelled'

/**
 * The API's status of a run. `completed`: the conversation was scored, whatever the score. `failed`: it did not reach its
 * end, because of the agent or of us; `metadata.callsheet` of the run says which. `timeout`: an agent that was to call did not.
 */
export function runStatus({ state, outcome, reason }: RunStanding): RunStatus {
  if (state !== 'ended') return state
  if (outcome === 'passed' || outcome === 'failed' || outcome === 'unscored') return 'completed'
  if (outcome === 'not_run') return reason === 'suite_timeout' ? 'timeout' : 'cancelled'
  if (reason === 'interrupted') return 'cancelled'
  return reason === 'not_called' ? 'timeout' : 'failed'
}

/** @param isShort  Whether its result missed a metric threshold that covers the run. */
export function isSuccess({ outcome }: Pick<RunStanding, 'outcome'>, isShort: boolean): boolean {
  return outcome === 'passed' && !isShort
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
export function successes({ counts, report, started }: Pick<ResultRecord, 'counts' | 'report' | 'started'>): number {
  if (wrongControls(report).length > 0) return 0
  const missed = missedThresholds(report)
  if (!report || missed.length === 0) return counts.passed
  return report.entries.reduce((sum, { index, cases }) => {
    const entry = started.plan.entries.find(each => each.index === index)
    const passed = cases.map(({ index: of, totals }) => (missed.some(line => covers(line, entry, of)) ? 0 : totals.passed))
    return passed.reduce((all, each) => all + each, sum)
  }, 0)
}

/** The metric thresholds that a result missed, or that could not be told; none before its end. */
export function missedThresholds(report: ResultRecord['report']): readonly GateLine[] {
  return report?.gate.lines.filter(({ rule, verdict }) => rule.startsWith('metrics.') && verdict !== 'met') ?? []
}

/** Whether a run, by its index, is covered by a metric threshold that its result missed. */
export type IsShort = (run: number) => boolean

export function shortRuns({ report, started }: Pick<ResultRecord, 'report' | 'started'>): IsShort {
  const missed = missedThresholds(report)
  if (missed.length === 0) return () => false
  const { entries } = started.plan
  return run => {
    const entry = entries.find(({ cases }) => cases.some(each => isOf(each, run)))
    const own = entry?.cases.find(each => isOf(each, run))
    return missed.some(line => covers(line, entry, own?.index ?? -1))
  }
}

function isOf({ firstRun, repeats }: CaseSummary, run: number): boolean {
  return run >= firstRun && run < firstRun + repeats
}

/** Whether a threshold is about the runs of a case. @param entry  The run entry of the case. @param of  Index of the case. */
function covers({ scope }: GateLine, entry: EntrySummary | undefined, of: number): boolean {
  if (!entry || scope === 'suite' || scope === entry.name) return true
  const key = entry.cases.find(({ index }) => index === of)?.scenario.key
  return scope === `${entry.slug}/${key}`
}

/** The controls that the judge got wrong. */
export function wrongControls(report: ResultRecord['report']): readonly ControlReport[] {
  return report?.controls?.filter(({ holds }) => holds !== 'yes') ?? []
}

/** Percent of the runs that succeeded. Not rounded, because 100 must mean all. */
export function successRate(succeeded: number, total: number): number {
  return total === 0 ? 0 : (100 * succeeded) / total
}
