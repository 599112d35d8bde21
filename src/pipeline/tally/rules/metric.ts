import { count } from '../../../domain/count.js'
import { isWithin, wordBounds, type Bounds } from '../../../domain/assertion.js'
import type { GateBound, MetricSummary } from '../../../domain/report.js'
import type { MetricThreshold } from '../../../domain/thresholds.js'
import type { Scope } from '../scope.js'
import { leastOfRate } from '../samples.js'
import { figure } from '../wording.js'
import type { Rule } from './rule.js'

/** One statistic of a metric over all samples of the runs that passed or failed; inconclusive without a sample. */
export function metricRule(scope: Scope, { metric, statistic, bounds }: MetricThreshold, summarise: () => MetricSummary | undefined): Rule {
  return {
    scope,
    name: `metrics.${metric}.${statistic}`,
    required: wordBounds(bounds),
    bound: boundOf(bounds),
    judge() {
      const summary = summarise()
      const value = summary?.[statistic]
      if (!summary || value === undefined) {
        return { n: 0, measured: 'nothing', verdict: 'could_not_tell', because: whyNothing(summary) }
      }
      const measured = `${figure(value, [bounds.min, bounds.max])} (${count(summary.count, 'sample')})`
      return { value, n: summary.count, measured, verdict: isWithin(value, bounds) ? 'met' : 'not_met' }
    },
    isSettled: () => scope.counts.open === 0,
  }
}

function boundOf({ min, max }: Bounds): GateBound {
  if (min === undefined) return { relation: '<=', bound: max ?? Infinity }
  return max === undefined ? { relation: '>=', bound: min } : { relation: 'within', bound: min, upperBound: max }
}

function whyNothing(summary: MetricSummary | undefined): string {
  if (!summary) return 'no run measured it'
  const { count: values, unscored, notApplicable = 0, tooFew } = summary
  if (tooFew) return `${count(values, 'sample')} are too few for a share, which needs ${leastOfRate}`
  if (values > 0) return 'its values are not numbers'
  if (unscored === 0) return `it applied to none of ${count(notApplicable, 'run')}`
  return `${count(unscored, 'run')} could not be scored${notApplicable > 0 ? `, and to ${notApplicable} it did not apply` : ''}`
}
