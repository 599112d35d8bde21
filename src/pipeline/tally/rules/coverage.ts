import { countedIn } from '../counts.js'
import type { Scope } from '../scope.js'
import { nameCases, percent, requiredPercent } from '../wording.js'
import type { Rule } from './rule.js'

/**
 * The share of planned runs that say something about the agent: those that ended passed, failed or agent_error. Runs
 * left out on purpose, because the gate was decided or too many had failed, are not asked for.
 */
export function coverageRule(scope: Scope, min: number): Rule {
  const { counts, cases } = scope
  return {
    scope,
    name: 'coverage',
    required: `>= ${requiredPercent(min)}`,
    judge() {
      const told = countedIn(counts)
      const asked = counts.runs - counts.leftOut
      if (asked === 0) return { measured: 'no run', verdict: 'not_met', because: 'no run was held' }
      const share = told / asked
      const measured = `${percent(share, min)} (${told} of ${asked})`
      if (share >= min) return { measured, verdict: 'met' }
      const short = cases.filter(each => countedIn(each.counts) < each.counts.runs - each.counts.leftOut)
      return { measured, verdict: 'not_met', because: `${whatWasNotTold(counts)}: ${nameCases(short)}` }
    },
    isSettled() {
      const { runs, leftOut, open } = counts
      const told = countedIn(counts)
      if (open === 0) return true
      if (told === 0) return false
      // Full coverage is lost by runs that cannot be told, and by nothing else.
      if (min === 1) return true
      const asked = runs - leftOut
      return told / asked >= min || (told + open) / asked < min
    },
  }
}

function whatWasNotTold({ infra_error, caller_invalid, unscored, not_run, leftOut, open }: Scope['counts']): string {
  const numbers = { infra_error, caller_invalid, unscored, 'not run': not_run - leftOut + open }
  return Object.entries(numbers).filter(([, runs]) => runs > 0).map(([what, runs]) => `${runs} ${what}`).join(', ')
}
