import type { SuiteEvent } from '../domain/event.js'
import type { Plan, RunSpec } from '../domain/plan.js'
import type { Tally } from '../pipeline/tally/tally.js'

/** What is decided so far: of these cases and run entries no more runs are started. */
export interface Decisions {
  /** Looks what is newly decided, and tells of it. */
  look(): void
  has(spec: RunSpec): boolean
}

/** @param emit  Told of each decision, as it is made. */
export function createDecisions(plan: Plan, totals: Tally, now: () => string, emit: (event: SuiteEvent) => void): Decisions {
  const { entries, limits } = plan
  const openCases = new Set(entries.flatMap(({ cases }) => cases.filter(({ untilDecided }) => untilDecided).map(({ index }) => index)))
  const openEntries = new Set(limits.stopWhenDecided ? entries.map(({ index }) => index) : [])
  const decidedCases = new Set<number>()
  const decidedEntries = new Set<number>()
  return {
    look() {
      for (const index of openCases) {
        const verdict = totals.caseVerdict(index)
        if (verdict === 'undecided') continue
        openCases.delete(index)
        decidedCases.add(index)
        emit({ type: 'case.decided', at: now(), case: index, verdict })
      }
      for (const index of openEntries) {
        if (!totals.decided(index)) continue
        openEntries.delete(index)
        decidedEntries.add(index)
        emit({ type: 'entry.decided', at: now(), entry: index })
      }
    },
    has: spec => decidedCases.has(spec.case.index) || decidedEntries.has(spec.entry.index),
  }
}
