import type { SuiteStarted } from '../domain/event.js'
import type { Baseline } from '../pipeline/tally/rules/no-regression.js'
import type { Adapters } from './registry.js'

/**
 * Opens the result that a suite must not be worse than; `undefined` where the suite asks for none. Only then does the
 * comparison load.
 *
 * @param place  Folder of the new result.
 */
export async function openBaseline(
  started: SuiteStarted,
  place: string,
  use: Pick<Adapters, 'store' | 'random'>,
): Promise<Baseline | undefined> {
  const { noRegression } = started.plan.thresholds
  return noRegression && (await import('./baseline.js')).readBaseline(noRegression, started, place, use)
}
