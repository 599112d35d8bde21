import type { CaseSummary, EntrySummary, RunEnded } from '../../domain/event.js'
import type { RunKey } from '../../domain/ids.js'
import { runKey } from '../../domain/plan.js'
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
  const planned = new PlannedRuns(stored.started.plan.entries)
  /** Adds the runs before `index` that have no end, at most so many. */
  const addMissing = (runs: RunEnded[], index: number, most = Infinity): void => {
    for (; runs.length < most && (planned.index ?? index) < index; planned.skip()) {
      const run = { index: planned.index!, key: planned.key }
      runs.push(runEnded(run, { at: report.endedAt, last: { outcome: { status: 'not_run', reason: 'crashed' } } }))
    }
  }

  for await (const ended of stored.runs()) {
    const runs: RunEnded[] = []
    for (const run of ended) {
      addMissing(runs, run.index)
      runs.push(run)
      planned.skip()
    }
    yield runs
  }
  while (planned.index !== undefined) {
    const runs: RunEnded[] = []
    addMissing(runs, Infinity, missingBatch)
    yield runs
  }
}

const missingBatch = 256

/** The planned runs, one after the other. */
class PlannedRuns {
  readonly #cases: readonly CaseSummary[]
  #case = 0
  /** From 0. */
  #repeat = 0

  constructor(entries: readonly EntrySummary[]) {
    this.#cases = entries.flatMap(({ cases }) => cases.filter(({ repeats }) => repeats > 0))
  }

  /** The index of the next run; `undefined` after the last. */
  get index(): number | undefined {
    const of = this.#cases[this.#case]
    return of && of.firstRun + this.#repeat
  }

  /** The next run's key. */
  get key(): RunKey {
    return runKey(this.#cases[this.#case]!.key, this.#repeat + 1)
  }

  skip(): void {
    this.#repeat += 1
    if (this.#repeat < (this.#cases[this.#case]?.repeats ?? Infinity)) return
    this.#case += 1
    this.#repeat = 0
  }
}
