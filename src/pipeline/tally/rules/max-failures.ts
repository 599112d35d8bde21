import { count } from '../../../domain/count.js'
import { failuresIn } from '../counts.js'
import type { Scope } from '../scope.js'
import { nameCases } from '../wording.js'
import type { Rule } from './rule.js'

/** A limit of failed runs that ends the suite: the remaining runs are left out on purpose. */
export function maxFailuresRule(scope: Scope, limit: number): Rule {
  const { counts, cases } = scope
  return {
    scope,
    name: 'max_failures',
    required: `< ${count(limit, 'failed run')}`,
    bound: { relation: '<', bound: limit },
    judge() {
      const measured = `${failuresIn(counts)}`
      const numbers = { value: failuresIn(counts), k: failuresIn(counts), n: counts.runs }
      if (failuresIn(counts) < limit) return { ...numbers, measured, verdict: 'met' }
      return { ...numbers, measured, verdict: 'not_met', because: nameCases(cases.filter(each => failuresIn(each.counts) > 0)) }
    },
    isSettled: () => failuresIn(counts) >= limit || failuresIn(counts) + counts.open < limit,
  }
}
