import { caseStatusOf, noRuns, worstOf } from '../domain/case-status.js'
import type { CaseKey } from '../domain/ids.js'
import type { CaseParity, CaseSide, Parity } from '../domain/parity.js'
import { caseOfRun } from '../domain/plan.js'
import { shortfallLine, shortfalls } from '../domain/shortfall.js'
import { renaming } from '../domain/request-slug.js'
import type { FinishedResult } from '../ports/reporter.js'
import { comparedResult } from './compare-results.js'

/** Sets the cases of two stored results side by side. */
export async function compareParity(base: FinishedResult, next: FinishedResult): Promise<Parity> {
  const before = await sidesOf(base, renaming(base.started, next.started))
  const after = await sidesOf(next, key => key)
  const keys = new Set([...after.keys(), ...before.keys()])
  return {
    base: comparedResult(base),
    new: comparedResult(next),
    cases: [...keys].map(key => caseOf(key, before.get(key), after.get(key))),
  }
}

/** Both results as a table for people. */
export async function showParity(parity: Parity, how: { readonly colour: boolean }): Promise<string> {
  const { parityReport } = await import('../adapters/reporters/parity.js')
  return parityReport(parity, how)
}

function caseOf(key: CaseKey, base: CaseSide | undefined, now: CaseSide | undefined): CaseParity {
  return { key, ...(base && { base }), ...(now && { new: now }) }
}

async function sidesOf(result: FinishedResult, renamed: (key: string) => string): Promise<ReadonlyMap<CaseKey, CaseSide>> {
  const gathered = new Map<CaseKey, { counts: ReturnType<typeof noRuns>; reasons: Set<string> }>()
  for await (const batch of result.runs()) {
    for (const { run, outcome } of batch) {
      const key = renamed(caseOfRun(run)) as CaseKey
      const own = gathered.get(key) ?? { counts: noRuns(), reasons: new Set<string>() }
      gathered.set(key, own)
      own.counts[caseStatusOf(outcome.status)] += 1
      for (const shortfall of shortfalls(outcome)) own.reasons.add(shortfallLine(shortfall))
    }
  }
  return new Map([...gathered].map(([key, { counts, reasons }]) => [key, sideOf(counts, [...reasons])]))
}

function sideOf(counts: ReturnType<typeof noRuns>, reasons: readonly string[]): CaseSide {
  const runs = Object.values(counts).reduce((sum, each) => sum + each, 0)
  return { status: worstOf(counts), passed: counts.passed, runs, reasons }
}
