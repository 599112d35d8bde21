import type { ExpectedScore, JudgeControl, Scenario } from '../../../domain/document.js'
import type { JudgeControl as RawControl } from '../../../domain/generated/suite.js'
import { isJudged } from '../../../domain/metric.js'
import type { Metric } from '../../../domain/metric.js'
import type { Transcript } from '../../../domain/transcript.js'
import type { Context } from '../context.js'
import { given, isWhole } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { readBeside } from '../read/read-beside.js'
import { isMistake, readTranscript } from '../read-transcript.js'
import { canRateOutside } from './can-fail.js'
import { checkBounds } from './read-matcher.js'
import { createRegister, resolveReference } from './references.js'
import type { Register } from './references.js'
import { checkEquals } from './resolve-assertions.js'
import type { ResolvedScenario } from './resolve-scenarios.js'

/** The conversations that the judge is judged by; those that could not be read are left out. */
export function resolveControls(
  declared: readonly Declared<RawControl>[],
  scenarios: readonly ResolvedScenario[],
  metrics: Register<Metric>,
  context: Context,
): JudgeControl[] {
  const register = createRegister(scenarios.map(({ scenario }) => ({ key: scenario.key, id: scenario.id, noun: scenario })))
  const [first] = declared
  if (first && !context.models.judge) context.problems.report('MODEL_MISSING', { key: 'judge_controls', model: 'judge' }, first.at)
  return declared.flatMap(each => (each.raw ? resolveControl(each, each.raw, register, metrics, context) : []) ?? [])
}

function resolveControl(
  { key, at, file }: Declared<RawControl>,
  raw: Loose<RawControl>,
  scenarios: Register<Scenario>,
  metrics: Register<Metric>,
  context: Context,
): JudgeControl | undefined {
  const { places, problems } = context
  const scenario = resolveReference(raw.scenario, scenarios, 'SCENARIO_UNKNOWN', () => places.value(raw, 'scenario'), problems)
  const transcript = readConversation(raw, file.base, context)
  const { expect } = raw
  const scores = expect?.metrics ? readScores(expect.metrics, metrics, context) : []
  if (expect?.outcome !== undefined && scenario && scenario.expectedOutcome === undefined) {
    problems.report('CONTROL_NO_OUTCOME', { scenario: scenario.key }, places.key(expect, 'outcome'))
  }
  if (!scenario || !transcript) return undefined
  return { key, at, scenario, transcript, expect: { metrics: scores, ...given({ outcome: expect?.outcome }) } }
}

function readConversation(raw: Loose<RawControl>, base: string, context: Context): Transcript | undefined {
  const { places, problems } = context
  const { transcript } = raw
  if (transcript === undefined) return undefined
  if (typeof transcript !== 'string') {
    if (!isWhole(transcript)) return undefined
    const read = readTranscript(transcript, raw.ended_by)
    if (!isMistake(read)) return read
    const at = read.message === undefined ? places.whole(transcript) : places.value(transcript, read.message)
    problems.report('CONTROL_MESSAGE', { mistake: read.mistake }, at)
    return undefined
  }
  const at = places.value(raw, 'transcript')
  const source = readBeside(transcript, base, at, context)
  if (!source) return undefined
  const read = readTranscript(parsed(source.text), raw.ended_by)
  if (!isMistake(read)) return read
  const mistake = read.message === undefined ? read.mistake : `of message ${read.message + 1}, ${read.mistake}`
  problems.report('CONTROL_FILE', { path: source.path, mistake }, at)
  return undefined
}

/** @returns `undefined` where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function readScores(
  raw: NonNullable<NonNullable<Loose<RawControl>['expect']>['metrics']>,
  metrics: Register<Metric>,
  context: Context,
): ExpectedScore[] {
  const { places, problems } = context
  return Object.entries(raw).flatMap(([name, expected]): ExpectedScore[] => {
    const metric = resolveReference(name, metrics, 'METRIC_UNKNOWN', () => places.key(raw, name), problems)
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
