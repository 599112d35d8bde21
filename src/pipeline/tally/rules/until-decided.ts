import { count } from '../../../domain/count.js'
import { undecidedRates, type Decision } from '../../../domain/sequential-test.js'
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
    judge() {
      const [met, notMet, undecided] = [those('met'), those('not_met'), those('undecided')]
      const [worst = met] = [notMet, undecided].filter(some => some.length > 0)
      const [lowest] = worst.toSorted((a, b) => shareIn(a.trial) - shareIn(b.trial))
      const range = lowest ? rangeText(lowest.trial, { of, rule }) : 'nothing'
      const measured =
        trials.length === 1 ? range : `${met.length} of ${count(trials.length, 'case')} that run until decided; lowest: ${range}`
      const named = nameCases(worst.map(({ each }) => each))
      if (notMet.length > 0) return { measured, verdict: 'not_met', because: named }
      return undecided.length > 0 ? { measured, verdict: 'could_not_tell', because: `undecided: ${named}` } : { measured, verdict: 'met' }
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

/** `80.3 % to 100.0 % at 95 % confidence (19 of 19)` */
function rangeText(trial: Trial, { of, rule }: Pick<Bar, 'of' | 'rule'>): string {
  const { passed, failed } = trial.looked()
  const bar = trial.bars.find(each => each.of === of && each.rule === rule)
  if (!bar || passed + failed === 0) return 'no run was counted'
  const { lower, upper } = undecidedRates({ passed, failed }, bar.confidence)
  const range = `${percent(lower, bar.min)} to ${percent(upper, bar.min)}`
  return `${range} at ${confidenceText(bar.confidence)} (${passed} of ${passed + failed})`
}
