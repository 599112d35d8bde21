import { leavesOf, type Leaf } from '../../../domain/assertion-leaves.js'
import type { NameList } from '../../../domain/load-messages.js'
import { asksJudge, needsJudge } from '../../../domain/metric.js'
import type { Metric } from '../../../domain/metric.js'
import type { JudgeControl, Scenario } from '../../../domain/document.js'
import type { Metric as RawMetric } from '../../../domain/generated/suite.js'
import type { Span } from '../../../domain/source.js'
import { requireModel } from '../context.js'
import type { Context } from '../context.js'
import { readable } from '../loose.js'
import type { Declared, Sections } from '../merge-sections.js'
import type { Register } from './references.js'
import type { ResolvedScenario } from './resolve-scenarios.js'

/** Reports judged metrics without a judge, or without anything to judge. Only metrics that a scenario scores matter. */
export function checkJudges(
  scenarios: readonly ResolvedScenario[],
  metrics: Register<Metric>,
  declared: readonly Declared<RawMetric>[],
  context: Context,
) {
  const { problems, models } = context
  for (const { scenario, declared: from } of scenarios) {
    for (const key of scenario.metrics) {
      const metric = metrics.find(key)?.noun
      if (!metric || !needsJudge(metric)) continue
      const own = declared.find(each => each.key === key)?.raw
      if (own) requireModel('judge', own, 'judge' in own ? 'judge' : 'builtin', context)
      else if (!models.judge) problems.report('MODEL_MISSING', { key, model: 'judge' }, whereNamed(key, from, context))
      if (metric.source.kind === 'outcome' && !('expected_outcome' in (from.raw ?? {}))) {
        problems.report('METRIC_NO_OUTCOME', { metric: key, scenario: scenario.key }, whereNamed(key, from, context))
      }
    }
  }
}

/** The metric's place in the scenario's list of metrics; if only an assertion names it, the scenario. */
function whereNamed(key: string, { raw, at }: ResolvedScenario['declared'], { places }: Context): Span {
  const listed = [...readable(raw?.metrics)].find(([, name]) => name === key)
  return listed && raw?.metrics ? places.value(raw.metrics, listed[0]) : at
}

/** How many scenarios a warning names. */
const mostNamed = 5

interface Controlled extends Pick<Sections, 'models'> {
  readonly controls: readonly JudgeControl[]
  readonly scenarios: readonly ResolvedScenario[]
  readonly metrics: Register<Metric>
}

/**
 * Warns of a judge without judge controls: its answers are taken as true, so a judge that passes everything, or nothing, would go
 * unnoticed. Outcomes that ask for something to happen are tried by the empty control; those that only deny are not.
 */
export function checkControls({ controls, scenarios, metrics, models }: Controlled, context: Context) {
  const { places, problems } = context
  const judged = scenarios.filter(({ scenario }) => asksJudge(scenario, metrics.all))
  if (!context.models.judge || judged.length === 0) return
  const at = places.key(models, 'judge')
  if (models.judge?.empty_control === 'off') problems.report('EMPTY_CONTROL_OFF', {}, places.key(models.judge, 'empty_control'))
  const without = judged.filter(({ scenario }) => !controls.some(control => control.scenario.key === scenario.key))
  const named = { scenarios: firstOf(without), untried: firstOf(without.filter(({ scenario }) => isUpToMetrics(scenario, metrics))) }
  if (controls.length === 0) {
    problems.report('JUDGE_UNCONTROLLED', named, at)
    return
  }
  if (without.length > 0) problems.report('SCENARIOS_UNCONTROLLED', named, at)
  const outcomes = controls.flatMap(({ expect }) => expect.outcome ?? [])
  if (outcomes.length > 0 && !outcomes.includes('not_met')) problems.report('JUDGE_CONTROLS_ONE_SIDED', {}, controls[0]?.at)
}

function firstOf(scenarios: readonly ResolvedScenario[]): NameList {
  return { first: scenarios.slice(0, mostNamed).map(({ scenario }) => scenario.key), total: scenarios.length }
}

/** Whether nothing but judged metrics decides a scenario. The empty control tries expected outcomes only. */
function isUpToMetrics({ expectedOutcome, expect }: Scenario, metrics: Register<Metric>): boolean {
  const isJudgedMetric = ({ assertion }: Leaf): boolean => {
    const metric = assertion.kind === 'metric' ? metrics.find(assertion.name)?.noun : undefined
    return metric !== undefined && needsJudge(metric)
  }
  return expectedOutcome === undefined && expect.flatMap(each => leavesOf(each)).every(isJudgedMetric)
}
