import { isHosted } from '../../../domain/connection-facts.js'
import { decidingMetrics } from '../../../domain/deciding-metrics.js'
import type { Scenario } from '../../../domain/document.js'
import type { Metric } from '../../../domain/metric.js'
import { selectScenarios } from '../../../domain/selection.js'
import type { Context } from '../context.js'
import { isWhole } from '../loose.js'
import { canFail } from './can-fail.js'
import type { Register } from './references.js'
import type { ResolvedEntry } from './resolve-entries.js'
import type { ResolvedScenario } from './resolve-scenarios.js'
import type { LocatedThresholds } from './resolve-thresholds.js'

/** Everything that the checks of gates need, fully resolved. */
export interface Gates {
  readonly suite: LocatedThresholds | undefined
  readonly entries: readonly ResolvedEntry[]
  readonly scenarios: readonly ResolvedScenario[]
  readonly metrics: Register<Metric>
}

/** Reports scenarios that check nothing: a pass of one would prove nothing. */
export function checkProofs(scenarios: readonly ResolvedScenario[], metrics: Register<Metric>, { tryPattern, problems }: Context) {
  for (const { scenario, declared } of scenarios) {
    const { raw } = declared
    if (!raw || 'metrics' in raw || scenario.metrics.length > 0 || asks(scenario, raw, metrics, tryPattern)) continue
    problems.report('SCENARIO_PROVES_NOTHING', { key: scenario.key, expects: 'expect' in raw }, scenario.at)
  }
}

/**
 * Reports thresholds on metrics that none of their scenarios score, and scenarios whose metrics no threshold covers. Only
 * for a suite with all names known, so that one slip is not reported twice.
 */
export function checkGates({ suite, entries, scenarios, metrics }: Gates, context: Context) {
  const all = scenarios.map(({ scenario }) => scenario)
  const selections = entries.map(({ entry, thresholds }) => ({
    entry,
    thresholds,
    selected: selectScenarios(all, entry),
  }))
  const selected = new Set(selections.flatMap(each => each.selected))

  // A hosted service's scores are not known here.
  const isElsewhere = ({ entry }: (typeof selections)[number]): boolean => isHosted(entry.agent.connection)
  if (!selections.some(isElsewhere)) checkScored(suite, [...selected], 'no selected scenario lists it', context)
  for (const each of selections)
    if (!isElsewhere(each)) checkScored(each.thresholds, each.selected, 'no scenario of this run entry lists it', context)
  for (const { scenario, thresholds } of scenarios) checkScored(thresholds, [scenario], 'the scenario does not list it', context)

  for (const { scenario, thresholds, declared } of scenarios) {
    const { raw } = declared
    if (!raw || scenario.metrics.length === 0 || asks(scenario, raw, metrics, context.tryPattern)) continue
    const covering = selections.filter(each => each.selected.includes(scenario)).map(each => each.thresholds)
    const gated = [suite, thresholds, ...covering].flatMap(each => each?.thresholds.metrics ?? [])
    const isDecided = decidingMetrics(scenario, key => metrics.find(key)?.noun?.type, []).length > 0 && !('expect' in raw)
    if (!isDecided && !gated.some(({ metric }) => scenario.metrics.includes(metric))) {
      context.problems.report(
        'SCENARIO_PROVES_NOTHING',
        { key: scenario.key, expects: 'expect' in raw, metric: scenario.metrics[0] },
        scenario.at,
      )
    }
  }
}

/** Whether an agent could fail the scenario's expectations. Unreadable parts count as able to fail. */
function asks(
  scenario: Scenario,
  raw: NonNullable<ResolvedScenario['declared']['raw']>,
  metrics: Register<Metric>,
  tryPattern: Context['tryPattern'],
): boolean {
  if ('expected_outcome' in raw) return true
  if (!('expect' in raw)) return false
  const isRead = isWhole(raw.expect) && scenario.expect.length === raw.expect?.length
  return !isRead || scenario.expect.some(assertion => canFail(assertion, { scenario, metrics, tryPattern }))
}

function checkScored(located: LocatedThresholds | undefined, covered: readonly Scenario[], because: string, { places, problems }: Context) {
  if (!located?.rawMetrics) return
  const scored = new Set(covered.flatMap(({ metrics }) => metrics))
  for (const { metric } of located.thresholds.metrics) {
    if (!scored.has(metric)) {
      problems.report('THRESHOLD_METRIC_UNUSED', { metric, because }, places.key(located.rawMetrics, metric))
    }
  }
}
