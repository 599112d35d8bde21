import { count } from '../../../domain/count.js'
import type { ControlReport } from '../../../domain/report.js'
import type { Scope } from '../scope.js'
import type { Rule } from './rule.js'

export const judgeControlsName = 'judge_controls'

/**
 * The judge is right about every conversation of known worth. One that it got wrong, could not tell, or was never shown makes
 * all that it says of others worth nothing: it could not be told, whatever the runs came to.
 *
 * @param controls  Each control, as it stands.
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
    // No run has anything to do with it.
    isSettled: () => true,
  }
}
