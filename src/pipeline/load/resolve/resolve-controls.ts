import type { ExpectedScore, JudgeControl, Scenario } from '../../../domain/document.js'
import type { JudgeControl as RawControl } from '../../../domain/generated/suite.js'
import { isJudged } from '../../../domain/metric.js'
import type { Metric } from '../../../domain/metric.js'
import type { Context } from '../context.js'
import { given } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { canRateOutside } from './can-fail.js'
import { readControlTranscript } from './control-transcript.js'
import { checkBounds } from './read-matcher.js'
import { createRegister, resolveReference } from './references.js'
import type { Register } from './references.js'
import { checkEquals } from './resolve-assertions.js'
import type { ResolvedScenario } from './resolve-scenarios.js'

/** Reads the judge controls, without the unreadable ones. */
export function resolveControls(
  declared: readonly Declared<RawControl>[],
  scenarios: readonly ResolvedScenario[],
  metrics: Register<Metric>,
  context: Context,
): JudgeControl[] {
  const register = createRegister(
    'SCENARIO_UNKNOWN',
    scenarios.map(({ scenario }) => ({ key: scenario.key, id: scenario.id, noun: scenario })),
  )
  const [first] = declared
  if (first && !context.models.judge) context.problems.report('MODEL_MISSING', { key: 'judge_controls', model: 'judge' }, first.at)
  return declared.flatMap(each => (each.raw ? resolveControl(each, each.raw, { scenarios: register, metrics }, context) : []) ?? [])
}

function resolveControl(
  { key, at, file }: Declared<RawControl>,
  raw: Loose<RawControl>,
  { scenarios, metrics }: { readonly scenarios: Register<Scenario>; readonly metrics: Register<Metric> },
  context: Context,
): JudgeControl | undefined {
  const { places, problems } = context
  const scenario = resolveReference(raw.scenario, scenarios, () => places.value(raw, 'scenario'), problems)
  const transcript = readControlTranscript(raw, file.base, context)
  const { expect } = raw
  const scores = expect?.metrics ? readScores(expect.metrics, metrics, context) : []
  if (expect?.outcome !== undefined && scenario && scenario.expectedOutcome === undefined) {
    problems.report('CONTROL_NO_OUTCOME', { scenario: scenario.key }, places.key(expect, 'outcome'))
  }
  if (!scenario || !transcript) return undefined
  return { key, at, scenario, transcript, expect: { metrics: scores, ...given({ outcome: expect?.outcome }) } }
}

function readScores(
  raw: NonNullable<NonNullable<Loose<RawControl>['expect']>['metrics']>,
  metrics: Register<Metric>,
  context: Context,
): ExpectedScore[] {
  const { places, problems } = context
  return Object.entries(raw).flatMap(([name, expected]): ExpectedScore[] => {
    const metric = resolveReference(name, metrics, () => places.key(raw, name), problems)
    if (!metric || !expected) return []
    if (!isJudged(metric)) problems.report('METRIC_NOT_JUDGED', { key: name, what: 'control' }, places.key(raw, name))
    const bounds = given({ min: expected.min, max: expected.max })
    checkBounds(bounds, expected, context)
    checkEquals(metric, expected, context)
    if (metric.type === 'rating' && !canRateOutside(bounds)) {
      problems.report('CONTROL_PROVES_NOTHING', { metric: name }, places.key(raw, name))
    }
    const applies = expected.applies ?? true
    if (!applies && Object.keys(expected).length > 1) {
      problems.report('CONTROL_APPLIES', { metric: name }, places.value(expected, 'applies'))
    }
    return [{ metric: metric.key, applies, bounds, ...given({ equals: expected.equals }) }]
  })
}
