import type { SuiteStarted } from '../domain/event.js'
import type { Baseline } from '../pipeline/tally/rules/no-regression.js'
import type { Adapters } from './registry.js'

/**
 * The result that a suite must not be worse than; `undefined` where the suite does not ask, which then does not load what
 * compares.
 *
 * @param place  Folder of the result that is held against it.
 */
export async function openBaseline(
  started: SuiteStarted,
  place: string,
  use: Pick<Adapters, 'store' | 'random'>,
): Promise<Baseline | undefined> {
  const { noRegression } = started.plan.thresholds
  return noRegression && (await import('./baseline.js')).readBaseline(noRegression, started, place, use)
}
