import type { SuiteEvent } from '../domain/event.js'
import type { Plan, RunSpec } from '../domain/plan.js'
import type { Tally } from '../pipeline/tally/tally.js'

/** The cases and run entries whose outcome is already decided: no more of their runs start. */
export interface Decisions {
  /** Finds new decisions and emits them. */
  look(): void
  has(spec: RunSpec): boolean
}

/** @param emit  Receives each decision as it is made. */
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
