import type { CaseComparison, ComparedRun, Comparison, ShownComparison } from '../domain/comparison.js'
import type { CaseKey } from '../domain/ids.js'
import { caseOfRun } from '../domain/plan.js'
import { countsAgainstAgent } from '../domain/outcome.js'
import { usualMessages } from '../domain/turn-text.js'
import { renaming } from '../domain/request-slug.js'
import type { FinishedResult } from '../ports/reporter.js'

/** A page has the conversations of at most so many cases. */
const mostPairs = 20

/** A comparison with one run of each case that changed, before and after. */
export async function withPairs(comparison: Comparison, base: FinishedResult, next: FinishedResult): Promise<ShownComparison> {
  const changed = [...byVerdict(comparison, 'worse'), ...byVerdict(comparison, 'better'), ...byVerdict(comparison, 'changed')]
  const keys = [...new Set(changed)].slice(0, mostPairs)
  const better = new Set(byVerdict(comparison, 'better'))
  const renamed = renaming(base.started, next.started)
  const [before, after] = [
    await examplesOf(
      base,
      keys,
      key => renamed(key) as CaseKey,
      key => better.has(key),
    ),
    await examplesOf(
      next,
      keys,
      key => key,
      key => !better.has(key),
    ),
  ]
  return {
    comparison,
    pairs: keys.map(key => {
      const [then, now] = [before.get(key), after.get(key)]
      return { key, ...(then && { base: then }), ...(now && { new: now }) }
    }),
  }
}

function byVerdict({ cases }: Comparison, verdict: 'worse' | 'better' | 'changed'): CaseKey[] {
  return cases.filter(each => findingsOf(each).some(finding => finding.verdict === verdict)).map(({ key }) => key)
}

function findingsOf({ passRate, metrics, choices }: CaseComparison) {
  return [...(passRate ? [passRate] : []), ...metrics.map(({ finding }) => finding), ...choices.map(({ finding }) => finding)]
}

/** Of each case a run that failed, or that passed, as wanted; else its first with a conversation. */
async function examplesOf(
  result: FinishedResult,
  keys: readonly CaseKey[],
  keyOf: (key: CaseKey) => CaseKey,
  wantsFailed: (key: CaseKey) => boolean,
): Promise<ReadonlyMap<CaseKey, ComparedRun>> {
  const wanted = new Set(keys)
  const joins = new Map(
    result.started.plan.entries.flatMap(({ agent, cases }) =>
      cases.map(({ key }) => [key, (agent.messages ?? usualMessages).join] as const),
    ),
  )
  const found = new Map<CaseKey, ComparedRun & { readonly isFailed: boolean }>()
  for await (const batch of result.runs()) {
    for (const { run, outcome } of batch) {
      const own = caseOfRun(run)
      const key = keyOf(own)
      if (!wanted.has(key) || !('transcript' in outcome)) continue
      const isFailed = countsAgainstAgent(outcome.status)
      const known = found.get(key)
      if (known && (known.isFailed === wantsFailed(key) || isFailed !== wantsFailed(key))) continue
      found.set(key, { run, outcome, join: joins.get(own) ?? usualMessages.join, isFailed })
    }
  }
  return new Map([...found].map(([key, { run, outcome, join }]) => [key, { run, outcome, join }]))
}
