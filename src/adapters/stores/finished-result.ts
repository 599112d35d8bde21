import type { EntrySummary, RunEnded } from '../../domain/event.js'
import { runKey, type RunSpec } from '../../domain/plan.js'
import { runEnded } from '../../domain/run-ended.js'
import type { Report } from '../../domain/report.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { StoredJournal } from '../../ports/store.js'

/**
 * A stored result, ready for reports. It contains every planned run once. A run without an end, because the result was
 * cut off, is `not_run`, `crashed`.
 *
 * @param place  The result's folder, as people type it.
 */
export function finishedResult(stored: StoredJournal, report: Report, place: string): FinishedResult {
  return { started: stored.started, report, place, runs: () => everyRun(stored, report) }
}

async function* everyRun(stored: StoredJournal, report: Report): AsyncGenerator<readonly RunEnded[]> {
  const planned = plannedRuns(stored.started.plan.entries)
  let next = planned.next()
  /** Runs before `index` that have no end. */
  const missing = (index: number): RunEnded[] => {
    const runs: RunEnded[] = []
    for (; !next.done && next.value.index < index; next = planned.next()) {
      runs.push(runEnded(next.value, { at: report.endedAt, last: { outcome: { status: 'not_run', reason: 'crashed' } } }))
    }
    return runs
  }

  for await (const ended of stored.runs()) {
    yield ended.flatMap(run => {
      const runs = [...missing(run.index), run]
      next = planned.next()
      return runs
    })
  }
  while (!next.done) yield missing(next.value.index + missingBatch)
}

const missingBatch = 256

function* plannedRuns(entries: readonly EntrySummary[]): Generator<Pick<RunSpec, 'index' | 'key'>> {
  for (const { key, firstRun, repeats } of entries.flatMap(({ cases }) => cases)) {
    for (let repeat = 1; repeat <= repeats; repeat += 1) yield { index: firstRun + repeat - 1, key: runKey(key, repeat) }
  }
}
