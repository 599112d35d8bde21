import type { SuiteStarted } from '../domain/event.js'
import type { Thresholds } from '../domain/thresholds.js'
import type { Baseline } from '../pipeline/tally/rules/no-regression.js'
import type { BaselineRead } from './baseline.js'
import type { Adapters } from './registry.js'

/**
 * Reads the result that a suite must not be worse than; `undefined` where the suite asks for none. Only then does the
 * comparison load.
 *
 * @param own  Folder of the result itself, if it is resumed.
 */
export async function readBaseline(
  { noRegression }: Pick<Thresholds, 'noRegression'>,
  own: string | undefined,
  use: Pick<Adapters, 'store' | 'serverDatabase'>,
): Promise<BaselineRead | undefined> {
  const { baseline } = noRegression ?? {}
  return baseline === undefined ? undefined : (await import('./baseline.js')).readFacts(baseline, own, use)
}

/** Compares a result, as its runs end, with the baseline that was read. */
export async function openBaseline(
  started: SuiteStarted,
  read: BaselineRead | undefined,
  use: Pick<Adapters, 'random'>,
): Promise<Baseline | undefined> {
  const { noRegression } = started.plan.thresholds
  return noRegression && read && (await import('./baseline.js')).compareWith(read, started, noRegression.alpha, use)
}
