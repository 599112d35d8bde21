import { count } from '../../../domain/count.js'
import type { PassRate } from '../../../domain/thresholds.js'
import { countedIn } from '../counts.js'
import type { CaseTally, Scope } from '../scope.js'
import { nameCases } from '../wording.js'
import { rateMeasure } from './measure.js'
import { measuredRate, rateCanOnlyBe, reaches, requiredRate, shareOf } from './pass-rate.js'
import type { Rule } from './rule.js'

/** The pass rate of every case separately. A case without counted runs makes the rule inconclusive. */
export function eachScenarioRule(scope: Scope, rate: PassRate): Rule {
  const { cases } = scope
  const prospects = watchProspects(cases, rate)
  return {
    scope,
    name: 'each_scenario',
    required: `each ${requiredRate(rate)}`,
    bound: { relation: '>=', bound: rate.min },
    judge() {
      const counted = cases.filter(each => countedIn(each.counts) > 0)
      const short = counted.filter(each => !reaches(rate, each.counts.passed, countedIn(each.counts)))
      const uncounted = cases.filter(each => countedIn(each.counts) === 0)
      const reach = counted.length - short.length
      const worst = counted.length > 0 ? lowestOf(counted) : undefined
      const { passed } = worst?.counts ?? { passed: 0 }
      const { value, confidence } = worst ? rateMeasure(rate, passed, countedIn(worst.counts)) : {}
      const numbers = { k: reach, n: cases.length, ...(value !== undefined && { value }), ...(confidence !== undefined && { confidence }) }
      const measured = `${reach} of ${count(cases.length, 'case')}`
      if (short.length > 0) {
        return { ...numbers, measured: `${measured}; ${lowest(short, rate)}`, verdict: 'not_met', because: nameCases(short) }
      }
      if (uncounted.length > 0) {
        return { ...numbers, measured, verdict: 'could_not_tell', because: `no run was counted: ${nameCases(uncounted)}` }
      }
      return { ...numbers, measured, verdict: 'met' }
    },
    isSettled: () => prospects.lost > 0 || prospects.uncertain === 0,
  }
}

/** How many cases must fall short, and how many may still go either way; updated as runs end. */
function watchProspects(cases: readonly CaseTally[], rate: PassRate): { lost: number; uncertain: number } {
  const prospects = { lost: 0, uncertain: 0 }
  const known = new Map<CaseTally, ReturnType<typeof rateCanOnlyBe>>()
  const look = (each: CaseTally): void => {
    const before = known.get(each)
    const now = each.counts.open === 0 && countedIn(each.counts) === 0 ? 'met' : rateCanOnlyBe(rate, shareOf(each.counts))
    known.set(each, now)
    prospects.lost += Number(now === 'not_met') - Number(before === 'not_met')
    prospects.uncertain += Number(now === 'either') - Number(before === 'either')
  }
  for (const each of cases) {
    look(each)
    each.watchers.push(look)
  }
  return prospects
}

function lowest(cases: readonly CaseTally[], rate: PassRate): string {
  const { counts } = lowestOf(cases)
  return `lowest: ${measuredRate(rate, counts.passed, countedIn(counts))}`
}

function lowestOf(cases: readonly CaseTally[]): CaseTally {
  return cases.reduce((worst, each) => (passedShare(each) < passedShare(worst) ? each : worst))
}

function passedShare({ counts }: CaseTally): number {
  return counts.passed / countedIn(counts)
}
