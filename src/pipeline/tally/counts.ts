import type { OutcomeStatus } from '../../domain/outcome.js'
import type { Totals } from '../../domain/report.js'
import type { RunState } from './run-state.js'

/** How many runs of a group have each state. */
export type Counts = { [status in OutcomeStatus | 'open']: number } & {
  runs: number
  leftOut: number
  saved: number
  flaky: number
  failedOnce: number
}

export function emptyCounts(): Counts {
  const counted = { passed: 0, failed: 0, agent_error: 0 }
  const uncounted = { infra_error: 0, caller_invalid: 0, unscored: 0, not_run: 0, open: 0 }
  return { runs: 0, ...counted, ...uncounted, leftOut: 0, saved: 0, flaky: 0, failedOnce: 0 }
}

/** Adds runs to the counts, or removes them if `runs` is negative. */
export function count(counts: Counts, state: RunState, runs: number): void {
  counts.runs += runs
  counts[state.status] += runs
  if (state.leftOut) counts.leftOut += runs
  if (state.saved) counts.saved += runs
  if (state.flaky) counts.flaky += runs
  if (state.failedOnce) counts.failedOnce += runs
}

/** Runs that say something about the agent. */
export function countedIn({ passed, failed, agent_error }: Counts): number {
  return passed + failed + agent_error
}

export function failuresIn({ failed, agent_error }: Counts): number {
  return failed + agent_error
}

/** The counts as a report shows them: a run without an end was not run. */
export function totalsOf(counts: Counts): Totals {
  const { runs, passed, failed, agent_error, infra_error, caller_invalid, unscored, not_run, open, flaky } = counts
  return { runs, passed, failed, agent_error, infra_error, caller_invalid, unscored, not_run: not_run + open, flaky }
}
