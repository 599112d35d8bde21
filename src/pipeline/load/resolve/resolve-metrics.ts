import { judgedMetricNames, judgedMetrics, outcomeMetric, questionOf } from '../../../domain/judged-metrics.js'
import type { JudgedMetric, JudgedMetricName } from '../../../domain/judged-metrics.js'
import { builtinMetrics } from '../../../domain/metric.js'
import type { BuiltinMetric, Metric, MetricSource, MetricTrigger } from '../../../domain/metric.js'
import type { Metric as RawMetric } from '../../../domain/generated/suite.js'
import type { Context } from '../context.js'
import { given, isWhole } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { checkTemplates, checkTemplatesIn } from '../utterance/read-utterance.js'
import { readMatcher, readToolCall } from './read-matcher.js'
import { createRegister } from './references.js'
import type { Register } from './references.js'
import { resolveAssertion } from './resolve-assertions.js'

/** The types of Callsheet's own metrics. */
const builtinTypes: Readonly<Record<BuiltinMetric, Metric['type']>> = {
  latency_ms: 'numeric',
  turns: 'numeric',
  duration_s: 'numeric',
  words: 'numeric',
  repetition: 'numeric',
  tool_call_success: 'numeric',
  appropriate_termination: 'binary',
  talk_ratio: 'numeric',
  dtmf_received: 'enum',
  latency_with_tool_ms: 'numeric',
  latency_after_interruption_ms: 'numeric',
  time_to_first_word_ms: 'numeric',
  agent_interruptions: 'numeric',
  caller_interruptions: 'numeric',
  stop_time_ms: 'numeric',
  yield_rate: 'numeric',
  selectivity: 'numeric',
  dead_air_s: 'numeric',
  dead_air_total_s: 'numeric',
  overlap_s: 'numeric',
  words_per_minute: 'numeric',
  caller_wer: 'numeric',
  heard_wer: 'numeric',
  snr_db: 'numeric',
  level_dbfs: 'numeric',
  clipping: 'numeric',
  dropouts: 'numeric',
  abrupt_end: 'numeric',
}

/** Those with many samples in a run, of which a suite chooses the statistic. */
const sampled: readonly unknown[] = [
  'latency_ms',
  'latency_with_tool_ms',
  'latency_after_interruption_ms',
  'stop_time_ms',
  'dead_air_s',
] satisfies readonly BuiltinMetric[]

function isSampled(builtin: unknown): boolean {
  return sampled.includes(builtin)
}

const sources = ['agent_says', 'caller_says', 'tool_called', 'metadata', 'builtin', 'judge'] as const

/** Metrics that need no declaration: computed, or judged by a rubric of ours. */
type KnownMetric = NonNullable<RawMetric['builtin']>

/** The declared metrics, then the built-in ones whose names are still free. */
export function resolveMetrics(declared: readonly Declared<RawMetric>[], context: Context): Register<Metric> {
  const keys = new Set(declared.map(({ key }) => key))
  const known = [...builtinMetrics, ...judgedMetricNames].filter(name => !keys.has(name))
  return createRegister<Metric>('METRIC_UNKNOWN', [
    ...declared.map(each => ({
      key: each.key,
      id: each.raw?.id,
      noun: each.raw && resolveMetric(each, each.raw, context),
    })),
    ...known.map(name => ({ key: name, noun: { key: name, name, type: typeOfKnown(name), ...readKnown(name) } })),
  ])
}

function resolveMetric({ key, at }: Declared<RawMetric>, raw: Loose<RawMetric>, context: Context): Metric | undefined {
  const { places, problems } = context
  const { type, values } = raw
  const [source, second] = sources.filter(each => each in raw)
  if (!source) problems.report('METRIC_SOURCE', { key, sources }, at)
  if (source && second) problems.report('METRIC_SOURCES', { key, first: source, second }, places.key(raw, second))
  if (type === 'enum' && !('values' in raw) && raw.builtin === undefined) {
    problems.report('METRIC_VALUES_MISSING', { key }, places.value(raw, 'type'))
  }
  if (type !== undefined && type !== 'enum' && 'values' in raw) {
    problems.report('METRIC_VALUES_UNUSED', { type }, places.key(raw, 'values'))
  }
  if (raw.statistic !== undefined && isWhole(raw) && !isSampled(raw.builtin)) {
    problems.report('METRIC_STATISTIC', {}, places.key(raw, 'statistic'))
  }
  const read = source && readSource(source, raw, context)
  if (!read || type === undefined) return undefined
  const fitting = typeOf(source, raw)
  if (fitting && fitting !== type && !second) {
    problems.report('METRIC_TYPE', { source: raw.builtin ?? source, type, fitting }, places.value(raw, 'type'))
  }
  if ('votes' in raw && read.source.kind !== 'judge') problems.report('METRIC_NOT_JUDGED', { key, what: 'votes' }, places.key(raw, 'votes'))
  return {
    key,
    name: raw.name ?? key,
    type,
    ...read,
    ...given({
      id: raw.id,
      values: values?.flatMap(value => value ?? []) ?? read.values,
      trigger: readTrigger(key, raw, read.source, context) ?? read.trigger,
    }),
  }
}

/** A metric's source, and everything that follows from it. */
type ReadSource = Pick<Metric, 'source' | 'values' | 'trigger'>

function readSource(kind: (typeof sources)[number], raw: Loose<RawMetric>, context: Context): ReadSource | undefined {
  if (kind === 'builtin') return raw.builtin && readKnown(raw.builtin, raw)
  const source = readOwnSource(kind, raw, context)
  return source && { source }
}

function readOwnSource(
  kind: Exclude<(typeof sources)[number], 'builtin'>,
  raw: Loose<RawMetric>,
  context: Context,
): MetricSource | undefined {
  switch (kind) {
    case 'agent_says':
    case 'caller_says': {
      const matcher = raw[kind]
      return matcher && { kind, matcher: readMatcher(matcher, context, true) }
    }
    case 'tool_called':
      return raw.tool_called && { kind, call: readToolCall(raw.tool_called, context) }
    case 'metadata':
      checkTemplatesIn(raw, 'metadata', context)
      return raw.metadata === undefined ? undefined : { kind, pointer: raw.metadata }
    case 'judge':
      if (raw.judge?.trim() === '') context.problems.report('TEXT_BLANK', { key: 'judge' }, context.places.value(raw, 'judge'))
      checkTemplates(raw, 'judge', context, { hasId: true, isOfCase: true })
      return raw.judge === undefined ? undefined : { kind, question: raw.judge, ...given({ votes: raw.votes }) }
  }
}

/** A built-in metric, with the suite's settings for it. */
function readKnown(name: KnownMetric, raw: Loose<Pick<RawMetric, 'statistic' | 'values' | 'votes'>> = {}): ReadSource {
  if (name === outcomeMetric) return { source: { kind: 'outcome' } }
  if (!isJudgedName(name))
    return { source: { kind: 'builtin', builtin: name, statistic: raw.statistic ?? (name === 'dead_air_s' ? 'max' : 'mean') } }
  const judged: JudgedMetric = judgedMetrics[name]
  const own = raw.values?.flatMap(value => value ?? [])
  return {
    source: {
      kind: 'judge',
      question: questionOf(judged, own),
      ...given({ usesKnowledge: judged.usesKnowledge, votes: raw.votes }),
    },
    ...(judged.values && { values: Object.keys(judged.values) }),
    ...(judged.appliesWhen && { trigger: { kind: 'assertion', assertion: judged.appliesWhen } }),
  }
}

/** When the metric applies: a question to the judge, or an assertion about anything but metrics. */
function readTrigger(key: string, raw: Loose<RawMetric>, source: MetricSource, context: Context): MetricTrigger | undefined {
  const { places, problems } = context
  const { trigger } = raw
  if (trigger === undefined) return undefined
  const at = () => places.value(raw, 'trigger')
  if (typeof trigger === 'string') {
    if (trigger.trim() === '') problems.report('TEXT_BLANK', { key: 'trigger' }, at())
    if (source.kind !== 'judge') problems.report('METRIC_NOT_JUDGED', { key, what: 'trigger' }, at())
    checkTemplates(raw as { readonly trigger: string }, 'trigger', context, { hasId: true, isOfCase: true })
    return { kind: 'judge', question: trigger }
  }
  if (namesMetric(trigger)) {
    problems.report('TRIGGER_ON_METRIC', { key }, at())
    return undefined
  }
  const assertion = resolveAssertion(raw, 'trigger', noMetrics, context)
  return assertion && { kind: 'assertion', assertion }
}

const noMetrics = createRegister<Metric>('METRIC_UNKNOWN', [])

function namesMetric(assertion: unknown): boolean {
  if (typeof assertion !== 'object' || assertion === null) return false
  const { metric, not, all, any } = assertion as Readonly<Record<string, unknown>>
  const inner = [not, all, any].flat()
  return metric !== undefined || inner.some(namesMetric)
}

/** The only possible type of a source's values; `undefined` if metadata or the judge may give any type. */
function typeOf(source: (typeof sources)[number], { builtin }: Loose<RawMetric>): Metric['type'] | undefined {
  if (source === 'metadata' || source === 'judge') return undefined
  return source === 'builtin' ? builtin && typeOfKnown(builtin) : 'binary'
}

function typeOfKnown(name: KnownMetric): Metric['type'] {
  if (name === outcomeMetric) return 'rating'
  return isJudgedName(name) ? judgedMetrics[name].type : builtinTypes[name]
}

function isJudgedName(name: KnownMetric): name is JudgedMetricName {
  return Object.hasOwn(judgedMetrics, name)
}
