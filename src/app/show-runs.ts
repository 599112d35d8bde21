import { lookWith } from '../adapters/reporters/look.js'
import { plannedRuns, type PlannedRun } from '../adapters/reporters/planned-runs.js'
import { attemptsOf, wholeRunText } from '../adapters/reporters/whole-run.js'
import { causeIdsOf } from '../domain/cause-id.js'
import type { FinishedResult, ReportOptions } from '../ports/reporter.js'

export type Terminal = Pick<ReportOptions, 'colour' | 'width'>

/** The run with this key, or those with this text in theirs; of a result of 100,000 runs two are enough to say that there are several. */
export async function runsNamed(
  result: FinishedResult,
  wanted: string,
): Promise<{ readonly runs: readonly PlannedRun[]; readonly count: number }> {
  const runs: PlannedRun[] = []
  let count = 0
  for await (const batch of plannedRuns(result)) {
    for (const each of batch) {
      const { run } = each.run
      if (run === wanted) return { runs: [each], count: 1 }
      if (!run.toLowerCase().includes(wanted.toLowerCase())) continue
      count += 1
      if (runs.length < 2) runs.push(each)
    }
  }
  return { runs, count }
}

/** The runs that did not pass, as text, in plan order. @param cause  Only those with this cause, by its id. */
export async function* troubledRuns(result: FinishedResult, terminal: Terminal, cause?: string): AsyncGenerator<string> {
  const look = lookWith(terminal)
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) {
      const { outcome } = planned.run
      if (outcome.status === 'passed' || outcome.status === 'not_run') continue
      if (cause === undefined || causeIdsOf(outcome).has(cause)) yield wholeRunText(planned, look)
    }
  }
}

/** One run as text. @param attempt  From 1. Default: the last. @throws {RangeError} when there is no such attempt. */
export function showRun(planned: PlannedRun, terminal: Terminal, attempt?: number): string {
  const attempts = attemptsOf(planned.run).length
  if (attempt !== undefined && attempt > attempts)
    throw new RangeError(`Run ${planned.run.run} has ${attempts === 1 ? 'one attempt' : `${attempts} attempts`}.`)
  return wholeRunText(planned, lookWith(terminal), attempt)
}
