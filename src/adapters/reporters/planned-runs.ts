import type { CaseSummary, EntrySummary, RunEnded } from '../../domain/event.js'
import type { FinishedResult } from '../../ports/reporter.js'

/** A run and its place in the plan. */
export interface PlannedRun {
  readonly entry: EntrySummary
  readonly case: CaseSummary
  /** From 1. */
  readonly repeat: number
  readonly run: RunEnded
}

/** All runs of a result, in batches, in plan order. */
export async function* plannedRuns({ started, runs }: FinishedResult): AsyncGenerator<readonly PlannedRun[]> {
  const places = casesInOrder(started.plan.entries)
  let place = places.next()
  for await (const batch of runs()) {
    const planned: PlannedRun[] = []
    for (const run of batch) {
      while (!place.done && run.index >= place.value.case.firstRun + place.value.case.repeats) place = places.next()
      if (place.done) break
      const { entry, case: of } = place.value
      planned.push({ entry, case: of, repeat: run.index - of.firstRun + 1, run })
    }
    yield planned
  }
}

function* casesInOrder(entries: readonly EntrySummary[]): Generator<Pick<PlannedRun, 'entry' | 'case'>> {
  for (const entry of entries) {
    for (const planned of entry.cases) yield { entry, case: planned }
  }
}
