import { count } from '../../../domain/count.js'
import { countedIn, failuresIn } from '../counts.js'
import type { Scope } from '../scope.js'
import { nameCases } from '../wording.js'
import { shareMeasure } from './measure.js'
import type { Rule } from './rule.js'

/**
 * pass^k: every case has at least k counted runs, and all of them passed. One failure decides the rule; a case with fewer
 * counted runs makes it inconclusive. (Yao, Shinn, Razavi & Narasimhan, "tau-bench", 2024.)
 */
export function allOfRule(scope: Scope, k: number): Rule {
  const { counts, cases } = scope
  return {
    scope,
    name: 'all_of',
    required: `${k} of ${k} in every case`,
    bound: { relation: '>=', bound: 1 },
    judge() {
      const failing = cases.filter(each => failuresIn(each.counts) > 0)
      const few = cases.filter(each => failuresIn(each.counts) === 0 && countedIn(each.counts) < k)
      const whole = cases.length - failing.length - few.length
      const measured = `${whole} of ${count(cases.length, 'case')}`
      const numbers = shareMeasure(whole, cases.length)
      if (failing.length > 0) return { ...numbers, measured, verdict: 'not_met', because: nameCases(failing) }
      if (few.length > 0) {
        const because = `fewer than ${count(k, 'counted run')}: ${nameCases(few)}`
        return { ...numbers, measured, verdict: 'could_not_tell', because }
      }
      return { ...numbers, measured, verdict: 'met' }
    },
    isSettled: () => counts.open === 0 || failuresIn(counts) > 0,
  }
}
