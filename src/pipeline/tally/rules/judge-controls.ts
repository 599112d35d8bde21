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
    bound: { relation: '>=', bound: 1 },
    judge() {
      const all = controls()
      const wrong = all.filter(({ holds }) => holds !== 'yes')
      const measured = measuredBy(all, wrong.length)
      const right = all.length - wrong.length
      const numbers = all.length === 0 ? { k: 0, n: 0 } : { value: right / all.length, k: right, n: all.length }
      if (wrong.length === 0) return { ...numbers, measured, verdict: 'met' }
      const because = wrong.map(each => `${each.control}: ${each.because}`).join('; ')
      return { ...numbers, measured, verdict: 'could_not_tell', because }
    },
    // Independent of all runs.
    isSettled: () => true,
  }
}

/** Right and wrong on both sides: a judge that always says the same would be right about half of its controls. */
function measuredBy(all: readonly ControlReport[], wrong: number): string {
  const right = `right about ${all.length - wrong} of ${count(all.length, 'control')}`
  const sides = (['met', 'not_met'] as const).flatMap(side => {
    const own = all.flatMap(({ outcome }) => (outcome?.expected === side ? [outcome] : []))
    const agreed = own.filter(({ found }) => found === side).length
    const words = side === 'met' ? ['met', 'are met'] : ['not met', 'are not']
    return own.length === 0 ? [] : [`${words[0]} ${agreed} of ${own.length} that ${words[1]}`]
  })
  return sides.length === 0 ? right : `${right}: ${sides.join('; ')}`
}
