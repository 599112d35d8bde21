import { count } from '../../../domain/count.js'
import { countedIn } from '../counts.js'
import type { Scope } from '../scope.js'
import { nameCases } from '../wording.js'
import type { Rule } from './rule.js'

/**
 * No run fails, not even in an attempt that was retried, and each case has a counted run.
 *
 * @param scope  Only the cases that must pass.
 */
export function mustPassRule(scope: Scope): Rule {
  const { counts, cases } = scope
  return {
    scope,
    name: 'must_pass',
    required: 'no failure',
    bound: { relation: '<=', bound: 0 },
    judge() {
      const measured = `${counts.failedOnce} of ${count(counts.runs, 'run')} failed`
      const numbers = { value: counts.failedOnce, k: counts.failedOnce, n: counts.runs }
      const failing = cases.filter(each => each.counts.failedOnce > 0)
      if (failing.length > 0) return { ...numbers, measured, verdict: 'not_met', because: nameCases(failing) }
      const uncounted = cases.filter(each => countedIn(each.counts) === 0)
      if (uncounted.length > 0) {
        return { ...numbers, measured, verdict: 'could_not_tell', because: `no run was counted: ${nameCases(uncounted)}` }
      }
      return { ...numbers, measured, verdict: 'met' }
    },
    isSettled: () => counts.open === 0 || counts.failedOnce > 0,
  }
}
