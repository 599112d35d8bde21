import { count } from '../../../domain/count.js'
import type { ControlReport } from '../../../domain/report.js'
import type { Scope } from '../scope.js'
import type { Rule } from './rule.js'

export const judgeControlsName = 'judge_controls'

/**
 * The judge is right about every control. If it got one wrong, was inconclusive, or was never shown one, none of its other
 * judgements counts, and the rule is inconclusive.
 *
 * @param controls  Each control, with its current result.
 */
export function judgeControlsRule(scope: Scope, controls: () => readonly ControlReport[]): Rule {
  return {
    scope,
    name: judgeControlsName,
    required: 'all of them',
    judge() {
      const all = controls()
      const wrong = all.filter(({ holds }) => holds !== 'yes')
      const measured = `right about ${all.length - wrong.length} of ${count(all.length, 'control')}`
      if (wrong.length === 0) return { measured, verdict: 'met' }
      const because = wrong.map(each => `${each.control}: ${each.because}`).join('; ')
      return { measured, verdict: 'could_not_tell', because }
    },
    // Independent of all runs.
    isSettled: () => true,
  }
}
