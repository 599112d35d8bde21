import type { Scenario } from './document.js'
import type { Metric } from './metric.js'
import type { Thresholds } from './thresholds.js'

/**
 * Where a scenario expects nothing, the true-or-false metrics that it lists decide: each must be true. A metric that a threshold
 * covers is left to the threshold.
 *
 * @param thresholds  Those of the suite, the run entry and the scenario.
 * @returns Keys of such metrics.
 */
export function decidingMetrics(
  { expect, expectedOutcome, metrics }: Pick<Scenario, 'expect' | 'expectedOutcome' | 'metrics'>,
  typeOf: (key: string) => Metric['type'] | undefined,
  thresholds: readonly (Thresholds | undefined)[],
): readonly string[] {
  if (expect.length > 0 || expectedOutcome !== undefined) return []
  const covered = new Set(thresholds.flatMap(each => each?.metrics.map(({ metric }) => metric) ?? []))
  return metrics.filter(key => typeOf(key) === 'binary' && !covered.has(key))
}
