import type { CaseHistory, Flip, PastCase, SuiteHistory } from '../../domain/case-history.js'
import type { CaseKey } from '../../domain/ids.js'
import type { CaseFacts, ResultFacts } from './facts.js'

/**
 * How the cases of one suite fared over its results.
 *
 * @param results  Oldest first, without rescored ones.
 */
export function historyOf(suite: string, results: readonly ResultFacts[]): SuiteHistory {
  const keys = new Set<CaseKey>(results.flatMap(({ cases }) => [...cases.keys()]))
  const all = [...keys].map(key => caseHistory(key, results))
  const restless = all.filter(history => history !== undefined).toSorted((a, b) => restlessness(b) - restlessness(a))
  return { suite, results: results.length, restless, steady: all.length - restless.length }
}

/** `undefined` for a case that always ended the same way. */
function caseHistory(key: CaseKey, results: readonly ResultFacts[]): CaseHistory | undefined {
  const past: PastCase[] = []
  const flips: Flip[] = []
  let digestBefore: string | undefined
  for (const { started, cases } of results) {
    const facts = cases.get(key)
    if (!facts || facts.ran.passed + facts.ran.failed === 0) continue
    const { result, at, digests } = started
    const came = howItCame(facts)
    const before = past.at(-1)
    if (before && before.came !== came) flips.push({ from: before.came, to: came, result, at, suiteChanged: digests.plan !== digestBefore })
    past.push({ result, at, came, passed: facts.ran.passed, counted: facts.ran.passed + facts.ran.failed })
    digestBefore = digests.plan
  }
  const mixed = past.filter(({ came }) => came === 'mixed').length
  if (mixed === 0 && flips.length === 0) return undefined
  const lastFlip = flips.at(-1)
  return {
    key,
    kind: mixed > 0 || flips.some(({ suiteChanged }) => !suiteChanged) ? 'flaky' : 'changed',
    counted: past.reduce((sum, { counted }) => sum + counted, 0),
    passed: past.reduce((sum, { passed }) => sum + passed, 0),
    mixed,
    flips: flips.length,
    ...(lastFlip && { lastFlip }),
    results: past,
  }
}

function howItCame({ flaky, ran }: CaseFacts): PastCase['came'] {
  if (flaky) return 'mixed'
  return ran.failed > 0 ? 'failed' : 'passed'
}

function restlessness({ kind, mixed, flips, results }: CaseHistory): number {
  return (kind === 'flaky' ? 1 : 0) + (mixed + flips) / (2 * results.length)
}
