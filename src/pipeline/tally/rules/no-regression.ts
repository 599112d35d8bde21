import type { RunEnded } from '../../../domain/event.js'
import type { NoRegression } from '../../../domain/thresholds.js'
import type { Scope } from '../scope.js'
import type { Ruling, Rule } from './rule.js'

/** The result that the tallied one must not be worse than. Injected, because comparing belongs to another stage. */
export interface Baseline {
  /** Adds an ended run of the tallied result. */
  add(run: RunEnded): void
  judge(): Ruling
}

/** Nothing is worse than in the baseline, beyond chance; inconclusive if there is nothing to compare with. */
export function noRegressionRule(scope: Scope, { alpha }: NoRegression, baseline: Pick<Baseline, 'judge'>): Rule {
  return {
    scope,
    name: 'no_regression',
    required: `nothing worse at alpha ${alpha}`,
    bound: { relation: '<=', bound: 0 },
    judge: () => baseline.judge(),
    isSettled: () => scope.counts.open === 0,
  }
}

/** Without a baseline, and without what a comparison with it found. */
export const notCompared: Ruling = {
  measured: 'not compared',
  verdict: 'could_not_tell',
  because: 'the result was cut off before the comparison; use callsheet compare',
}
