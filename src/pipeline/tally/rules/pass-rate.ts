import { wilsonInterval } from '../../../domain/statistics.js'
import type { PassRate } from '../../../domain/thresholds.js'
import { countedIn, failuresIn } from '../counts.js'
import type { Scope } from '../scope.js'
import { confidenceText, nameCases, percent, requiredPercent } from '../wording.js'
import { rateMeasure } from './measure.js'
import type { Rule } from './rule.js'

/**
 * The share of counted runs that passed; inconclusive if none was counted.
 *
 * For a case that runs until it is decided, only the first runs count, as many as are conducted in any event: the number of
 * further runs depends on their results, and would bias the share.
 */
export function passRateRule(scope: Scope, rate: PassRate): Rule {
  const { cases } = scope
  const isTilted = cases.some(({ trial }) => trial)
  const share = (): Share => (isTilted ? shareOfFirst(cases) : shareOf(scope.counts))
  return {
    scope,
    name: 'pass_rate',
    required: requiredRate(rate),
    bound: { relation: '>=', bound: rate.min },
    judge() {
      const { passed, counted } = share()
      if (counted === 0) return { k: 0, n: 0, measured: 'nothing', verdict: 'could_not_tell', because: 'no run was counted' }
      const measured = measuredRate(rate, passed, counted) + (isTilted ? ', only the first runs of cases that run until decided' : '')
      const numbers = rateMeasure(rate, passed, counted)
      if (reaches(rate, passed, counted)) return { ...numbers, measured, verdict: 'met' }
      const failing = cases.filter(each => failuresIn(each.counts) > 0)
      const because = failing.length > 0 ? nameCases(failing) : 'too few runs for that confidence'
      return { ...numbers, measured, verdict: 'not_met', because }
    },
    isSettled: () => share().open === 0 || rateCanOnlyBe(rate, share()) !== 'either',
  }
}

/** Whether a pass rate is high enough, or surely is at the given confidence. `counted` is at least 1. */
export function reaches({ min, confidence }: PassRate, passed: number, counted: number): boolean {
  // Both the share and the minimum are the nearest doubles to their true values: 19 of 20 reach 0.95.
  if (confidence === undefined) return passed / counted >= min
  return wilsonInterval(passed, counted, confidence).lower >= min - 1e-12
}

/** The result if all open runs fail and if all pass: the worst and the best. */
export function rateCanOnlyBe(rate: PassRate, { passed, counted, open }: Share): 'met' | 'not_met' | 'either' {
  if (counted === 0) return 'either'
  if (reaches(rate, passed, counted + open)) return 'met'
  return reaches(rate, passed + open, counted + open) ? 'either' : 'not_met'
}

/** Passed runs, counted runs, and open runs. */
export interface Share {
  readonly passed: number
  readonly counted: number
  readonly open: number
}

export function shareOf(counts: Scope['counts']): Share {
  return { passed: counts.passed, counted: countedIn(counts), open: counts.open }
}

function shareOfFirst(cases: Scope['cases']): Share {
  let [passed, counted, open] = [0, 0, 0]
  for (const { trial, counts } of cases) {
    const own = trial ? trial.first() : { ...counts, failed: failuresIn(counts) }
    passed += own.passed
    counted += own.passed + own.failed
    open += own.open
  }
  return { passed, counted, open }
}

export function requiredRate({ min }: PassRate): string {
  return `>= ${requiredPercent(min)}`
}

/** `93.3 % (28 of 30)`, or `lower bound 87.1 % at 95 % confidence (28 of 30)`. */
export function measuredRate({ min, confidence }: PassRate, passed: number, counted: number): string {
  const of = `(${passed} of ${counted})`
  if (confidence === undefined) return `${percent(passed / counted, min)} ${of}`
  const { lower } = wilsonInterval(passed, counted, confidence)
  return `lower bound ${percent(lower, min)} at ${confidenceText(confidence)} ${of}`
}
