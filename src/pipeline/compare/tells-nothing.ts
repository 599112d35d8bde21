import type { CaseComparison, Comparison } from '../../domain/comparison.js'
import { leastPermutationP } from './statistics/permutation.js'

/**
 * Whether a comparison could not find anything: no case, nor the other cases of a run entry together, has enough runs to
 * show even a change from always to never passing.
 */
export function tellsNothing({ cases, tooFewRuns, alpha }: Pick<Comparison, 'cases' | 'tooFewRuns' | 'alpha'>): boolean {
  const compared = cases.filter(({ passRate }) => passRate)
  if (compared.some(({ key }) => !tooFewRuns.includes(key))) return false
  return [...new Set(compared.map(entryOf))].every(entry => {
    const together = compared.filter(each => entryOf(each) === entry)
    const worst = together.map(({ base, new: now }) => ({ base: repeat(base.counted, 1), next: repeat(now.counted, 0) }))
    // Two-sided: always to never is one end of the range, never to always the other.
    return 2 * leastPermutationP(worst) > alpha
  })
}

function entryOf({ key }: Pick<CaseComparison, 'key'>): string {
  return key.slice(0, key.indexOf('/'))
}

function repeat(times: number, value: number): number[] {
  return Array.from({ length: times }, () => value)
}
