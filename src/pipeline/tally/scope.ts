import type { CaseSummary, PlanSummary } from '../../domain/event.js'
import { count, emptyCounts, type Counts } from './counts.js'
import { openRun, type RunState } from './run-state.js'
import { createTrial, type Trial } from './trial.js'

/** Runs that are counted together, and that rules of the gate may cover. */
export interface Scope {
  /** Its name in the gate's lines. */
  readonly name: string
  readonly counts: Counts
  readonly cases: readonly CaseTally[]
}

/** A scenario x personality x test profile of an entry, its counts, and the watchers of their changes. */
export interface CaseTally {
  readonly summary: CaseSummary
  readonly entry: number
  readonly counts: Counts
  /** For a case that runs until it is decided. */
  readonly trial?: Trial
  readonly watchers: Watcher[]
}

type Watcher = (changed: CaseTally, from: RunState, to: RunState) => void

/** All cases of a plan, in its order, with every run open. */
export function openCases(plan: PlanSummary): CaseTally[] {
  return plan.entries.flatMap(({ index, cases }) =>
    cases.map(summary => {
      const counts = emptyCounts()
      count(counts, openRun, summary.repeats)
      const { repeats, untilDecided } = summary
      const trial = untilDecided && createTrial(untilDecided, repeats)
      return { summary, entry: index, counts, ...(trial && { trial }), watchers: [] }
    }),
  )
}

/** Counts cases together from now on. Call it before any of their runs ends. */
export function scopeOver(name: string, cases: readonly CaseTally[]): Scope {
  const counts = emptyCounts()
  const follow: Watcher = (_, from, to) => move(counts, from, to)
  for (const each of cases) {
    count(counts, openRun, each.summary.repeats)
    each.watchers.push(follow)
  }
  return { name, counts, cases }
}

/** Changes the state of one run of a case. */
export function moveRun(changed: CaseTally, from: RunState, to: RunState): void {
  move(changed.counts, from, to)
  for (const watcher of changed.watchers) watcher(changed, from, to)
}

function move(counts: Counts, from: RunState, to: RunState): void {
  count(counts, from, -1)
  count(counts, to, 1)
}
