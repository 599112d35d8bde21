import { dirname, isAbsolute, join } from 'node:path'
import type { Statistic } from '../../../domain/assertion.js'
import type { Thresholds as RawThresholds } from '../../../domain/generated/suite.js'
import type { Metric } from '../../../domain/metric.js'
import type { MetricThreshold, NoRegression, PassRate, Thresholds } from '../../../domain/thresholds.js'
import type { Context } from '../context.js'
import { given, isWhole, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { readBounds } from './read-matcher.js'
import { reportUnknown, resolveReference } from './references.js'
import type { Register } from './references.js'
import type { ScenarioNames } from './scenario-names.js'

/** Everything that thresholds refer to. */
export interface Gated {
  readonly metrics: Register<Metric>
  readonly scenarioNames: ScenarioNames
}

/** Thresholds, and the places of their metrics. */
export interface LocatedThresholds {
  readonly thresholds: Thresholds
  /** The map of metrics, as read. */
  readonly rawMetrics: object | undefined
  /** Whether all of it is readable and every metric known. If not, a missing metric proves nothing. */
  readonly sound: boolean
}

/**
 * Reads the thresholds of a suite, a run entry or a scenario.
 *
 * @param of  Their owner.
 */
export function resolveThresholds(
  raw: Loose<RawThresholds>,
  gated: Gated,
  context: Context,
  of: 'suite' | 'part' = 'part',
): LocatedThresholds {
  const metrics = raw.metrics ? resolveMetricThresholds(raw.metrics, gated.metrics, context) : []
  const { must_pass: mustPass, no_regression: noRegression } = raw
  if (noRegression && of !== 'suite') context.problems.report('NO_REGRESSION_PLACE', {}, context.places.key(raw, 'no_regression'))
  if (raw.waivers && of !== 'suite') context.problems.report('WAIVERS_PLACE', {}, context.places.key(raw, 'waivers'))
  return {
    thresholds: {
      metrics: metrics.flatMap(threshold => threshold ?? []),
      ...given({
        passRate: passRateOf(raw.pass_rate),
        eachScenario: passRateOf(raw.each_scenario?.pass_rate),
        allOf: raw.all_of,
        coverage: raw.coverage,
        noRegression: noRegression && resolveNoRegression(noRegression, context),
        waivers: raw.waivers,
        mustPass: mustPass && resolveMustPass(mustPass, gated.scenarioNames, context),
      }),
    },
    rawMetrics: raw.metrics,
    sound: isWhole(raw) && !metrics.includes(undefined),
  }
}

function resolveMetricThresholds(raw: NonNullable<Loose<RawThresholds>['metrics']>, metrics: Register<Metric>, context: Context) {
  const { places, problems } = context
  return Object.entries(raw).flatMap(([name, statistics]): (MetricThreshold | undefined)[] => {
    const metric = resolveReference(name, metrics, () => places.key(raw, name), problems)
    if (!metric) return [undefined]
    if (metric.type === 'enum') problems.report('THRESHOLD_METRIC_ENUM', { metric: name }, places.key(raw, name))
    return Object.entries(statistics ?? {}).map(
      ([statistic, bounds]) => bounds && { metric: metric.key, statistic: statistic as Statistic, bounds: readBounds(bounds, context) },
    )
  })
}

function passRateOf(raw: Loose<RawThresholds['pass_rate']>): PassRate | undefined {
  if (raw === undefined) return undefined
  return typeof raw === 'number' ? { min: raw } : { min: raw.min ?? 1, ...given({ confidence: raw.confidence }) }
}

function resolveNoRegression(raw: Loose<NonNullable<RawThresholds['no_regression']>>, { places }: Context): NoRegression {
  const { baseline, alpha = 0.05 } = raw
  if (baseline === undefined) return { alpha }
  const { file } = places.value(raw, 'baseline')
  return { baseline: isAbsolute(baseline) ? baseline : join(dirname(file.path), baseline), alpha }
}

function resolveMustPass(raw: Loose<NonNullable<RawThresholds['must_pass']>>, names: ScenarioNames, context: Context) {
  const { places, problems } = context
  const { tags, scenarios } = raw
  for (const [index, tag] of readable(tags)) {
    if (tags && !names.tags.has(tag)) {
      reportUnknown('TAG_UNKNOWN', { name: tag, known: [...names.tags], at: places.value(tags, index) }, problems)
    }
  }
  const keys = [...readable(scenarios)].flatMap(([index, name]) => {
    const at = () => places.value(scenarios ?? raw, index)
    return resolveReference(name, names.register, at, problems) ?? []
  })
  return { tags: [...readable(tags)].map(([, tag]) => tag), scenarios: [...new Set(keys)] }
}
