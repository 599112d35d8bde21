import type { RunEnded } from '../../../domain/event.js'
import type { NoRegression } from '../../../domain/thresholds.js'
import type { Scope } from '../scope.js'
import type { Judgement, Rule } from './rule.js'

/** The result that another must not be worse than. Handed in: to compare is another stage's work. */
export interface Baseline {
  /** Takes a run of the result that is tallied, once it has ended. */
  add(run: RunEnded): void
  judge(): Judgement
}

/** Nothing got worse than in the baseline, beyond chance. Where there is nothing to compare with it could not be told. */
export function noRegressionRule(scope: Scope, { alpha }: NoRegression, baseline: Baseline | undefined): Rule {
  return {
    scope,
    name: 'no_regression',
    required: `nothing worse at alpha ${alpha}`,
    judge: () => baseline?.judge() ?? notCompared,
    isSettled: () => scope.counts.open === 0,
  }
}

const notCompared: Judgement = {
  measured: 'not compared',
  verdict: 'could_not_tell',
  because: 'the result was cut off before the comparison; use callsheet compare',
}
