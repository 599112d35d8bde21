import { count } from '../../../domain/count.js'
import { undecidedRates, type Decision } from '../../../domain/sequential-test.js'
import type { GateLine, GateMeasure } from '../../../domain/report.js'
import type { Bar, PassRate } from '../../../domain/thresholds.js'
import type { CaseTally, Scope } from '../scope.js'
import type { Trial } from '../trial.js'
import { confidenceText, nameCases, percent } from '../wording.js'
import { requiredRate } from './pass-rate.js'
import type { Rule } from './rule.js'

/**
 * The pass rate of each case that runs until it is decided, by its own test; inconclusive if one is still undecided after
 * its last run.
 *
 * @param scope  Only such cases.
 */
export function untilDecidedRule(scope: Scope, rate: PassRate, { of, rule }: Pick<Bar, 'of' | 'rule'>): Rule {
  const trials = scope.cases.flatMap(each => (each.trial ? [{ each, trial: each.trial }] : []))
  const those = (wanted: Decision) => trials.filter(({ trial }) => trial.verdictOf(of, rule) === wanted)
  return {
    scope,
    name: rule,
    required: trials.length === 1 ? requiredRate(rate) : `each ${requiredRate(rate)}`,
    bound: { relation: '>=', bound: rate.min },
    judge() {
      const [met, notMet, undecided] = [those('met'), those('not_met'), those('undecided')]
      const [worst = met] = [notMet, undecided].filter(some => some.length > 0)
      const [lowest] = worst.toSorted((a, b) => shareIn(a.trial) - shareIn(b.trial))
      const range = lowest ? rangeText(lowest.trial, { of, rule }) : 'nothing'
      const measured =
        trials.length === 1 ? range : `${met.length} of ${count(trials.length, 'case')} that run until decided; lowest: ${range}`
      const verdict = notMet.length > 0 ? 'not_met' : undecided.length > 0 ? 'could_not_tell' : 'met'
      const own = lowest ? trialMeasure(lowest.trial, { of, rule }, verdict) : {}
      const numbers = trials.length === 1 ? own : casesMeasure(own, met.length, trials.length)
      const named = nameCases(worst.map(({ each }) => each))
      if (verdict === 'met') return { ...numbers, measured, verdict }
      return { ...numbers, measured, verdict, because: verdict === 'not_met' ? named : `undecided: ${named}` }
    },
    isSettled: () => those('not_met').length > 0 || those('undecided').length === 0,
  }
}

/** Whether this rule decides how long a case runs. */
export function isDecidedBy({ trial }: CaseTally, { of, rule }: Pick<Bar, 'of' | 'rule'>): boolean {
  return trial?.bars.some(bar => bar.of === of && bar.rule === rule) ?? false
}

function shareIn(trial: Trial): number {
  const { passed, failed } = trial.looked()
  return passed + failed === 0 ? -1 : passed / (passed + failed)
}

/** The end of the interval that decides is the value; of an undecided case, its share. */
function trialMeasure(trial: Trial, { of, rule }: Pick<Bar, 'of' | 'rule'>, verdict: GateLine['verdict']): GateMeasure {
  const { passed: k, failed } = trial.looked()
  const bar = trial.bars.find(each => each.of === of && each.rule === rule)
  const n = k + failed
  if (!bar || n === 0) return { k, n }
  const { lower, upper } = undecidedRates({ passed: k, failed }, bar.confidence)
  const value = { met: lower, not_met: upper, could_not_tell: k / n }[verdict]
  return { value, k, n, lower, upper, confidence: bar.confidence }
}

/** Of several cases: how many are met, and the value of the lowest. */
function casesMeasure({ value, confidence }: GateMeasure, k: number, n: number): GateMeasure {
  return { ...(value !== undefined && { value }), k, n, ...(confidence !== undefined && { confidence }) }
}

/** `80.3 % to 100.0 % at 95 % confidence (19 of 19)` */
function rangeText(trial: Trial, { of, rule }: Pick<Bar, 'of' | 'rule'>): string {
  const { passed, failed } = trial.looked()
  const bar = trial.bars.find(each => each.of === of && each.rule === rule)
  if (!bar || passed + failed === 0) return 'no run was counted'
  const { lower, upper } = undecidedRates({ passed, failed }, bar.confidence)
  const range = `${percent(lower, bar.min)} to ${percent(upper, bar.min)}`
  return `${range} at ${confidenceText(bar.confidence)} (${passed} of ${passed + failed})`
}
