import { wilsonInterval } from '../../../domain/statistics.js'
import type { PassRate } from '../../../domain/thresholds.js'
import { countedIn, failuresIn } from '../counts.js'
import type { Scope } from '../scope.js'
import { nameCases, percent, requiredPercent } from '../wording.js'
import type { Rule } from './rule.js'

/** The share of counted runs that passed. Where nothing was counted it could not be told. */
export function passRateRule(scope: Scope, rate: PassRate): Rule {
  const { counts, cases } = scope
  return {
    scope,
    name: 'pass_rate',
    required: requiredRate(rate),
    judge() {
      const counted = countedIn(counts)
      if (counted === 0) return { measured: 'nothing', verdict: 'could_not_tell', because: 'no run was counted' }
      const measured = measuredRate(rate, counts.passed, counted)
      if (reaches(rate, counts.passed, counted)) return { measured, verdict: 'met' }
      const failing = cases.filter(each => failuresIn(each.counts) > 0)
      const because = failing.length > 0 ? nameCases(failing) : 'too few runs to be that sure of it'
      return { measured, verdict: 'not_met', because }
    },
    isSettled: () => counts.open === 0 || rateCanOnlyBe(rate, counts) !== 'either',
  }
}

/** Whether a pass rate is high enough, or at the given confidence surely is. `counted` is at least 1. */
export function reaches({ min, confidence }: PassRate, passed: number, counted: number): boolean {
  // A share is the double nearest to the true value, as is the minimum: 19 of 20 reach 0.95.
  if (confidence === undefined) return passed / counted >= min
  return wilsonInterval(passed, counted, confidence).lower >= min - 1e-12
}

/** What a pass rate comes to if all open runs fail, and if all pass: its worst and its best. */
export function rateCanOnlyBe(rate: PassRate, counts: Scope['counts']): 'met' | 'not_met' | 'either' {
  const counted = countedIn(counts)
  if (counted === 0) return 'either'
  if (reaches(rate, counts.passed, counted + counts.open)) return 'met'
  return reaches(rate, counts.passed + counts.open, counted + counts.open) ? 'either' : 'not_met'
}

export function requiredRate({ min }: PassRate): string {
  return `>= ${requiredPercent(min)}`
}

/** `93.3 % (28 of 30)`, or `lower bound 87.1 % at 95 % confidence (28 of 30)`. */
export function measuredRate({ min, confidence }: PassRate, passed: number, counted: number): string {
  const of = `(${passed} of ${counted})`
  if (confidence === undefined) return `${percent(passed / counted, min)} ${of}`
  const { lower } = wilsonInterval(passed, counted, confidence)
  return `lower bound ${percent(lower, min)} at ${Number((confidence * 100).toPrecision(12))} % confidence ${of}`
}
