import type { OutcomeStatus } from './outcome.js'
import type { Totals } from './report.js'

/** The status of several runs in one word: that of the worst run. */
export type CaseStatus = 'passed' | 'failed' | 'could_not_tell' | 'not_run'

const statuses: Readonly<Record<OutcomeStatus, CaseStatus>> = {
  passed: 'passed',
  failed: 'failed',
  agent_error: 'failed',
  infra_error: 'could_not_tell',
  caller_invalid: 'could_not_tell',
  unscored: 'could_not_tell',
  not_run: 'not_run',
}

export type StatusCounts = Record<CaseStatus, number>

export function caseStatusOf(outcome: OutcomeStatus): CaseStatus {
  return statuses[outcome]
}

export function noRuns(): StatusCounts {
  return { passed: 0, failed: 0, could_not_tell: 0, not_run: 0 }
}

/** Counts of runs by status. */
export function statusCounts(totals: Totals): StatusCounts {
  const counts = noRuns()
  for (const [outcome, status] of Object.entries(statuses)) counts[status] += totals[outcome as OutcomeStatus]
  return counts
}

/** The worst status; `not_run` only if no run ran. */
export function worstOf(counts: Readonly<StatusCounts>): CaseStatus {
  if (counts.failed > 0) return 'failed'
  if (counts.could_not_tell > 0) return 'could_not_tell'
  return counts.passed > 0 ? 'passed' : 'not_run'
}

const places = { failed: 0, could_not_tell: 1, passed: 2, not_run: 3 } as const satisfies Record<CaseStatus, number>

/** To sort by: the worst first. */
export function byStatus(a: { readonly status: CaseStatus }, b: { readonly status: CaseStatus }): number {
  return places[a.status] - places[b.status]
}

export const marks = { passed: '✓', failed: '✗', could_not_tell: '!', not_run: '-' } as const satisfies Record<CaseStatus, string>
