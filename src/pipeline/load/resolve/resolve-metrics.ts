import { builtinMetrics } from '../../../domain/metric.js'
import type { BuiltinMetric, Metric, MetricSource } from '../../../domain/metric.js'
import type { Metric as RawMetric } from '../../../domain/generated/suite.js'
import type { Context } from '../context.js'
import { given, isWhole } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { readMatcher, readToolCall } from './read-matcher.js'
import { createRegister } from './references.js'
import type { Register } from './references.js'

/** Of which type the measures are that Callsheet computes itself. */
const builtinTypes: Readonly<Record<BuiltinMetric, Metric['type']>> = {
  latency_ms: 'numeric',
  turns: 'numeric',
  duration_s: 'numeric',
  words: 'numeric',
  repetition: 'numeric',
  tool_call_success: 'numeric',
  appropriate_termination: 'binary',
  talk_ratio: 'numeric',
}

const sources = ['agent_says', 'caller_says', 'tool_called', 'metadata', 'builtin', 'judge'] as const

/** The metrics declared, then the built-in ones that nothing declared has the name of. */
export function resolveMetrics(declared: readonly Declared<RawMetric>[], context: Context): Register<Metric> {
  const keys = new Set(declared.map(({ key }) => key))
  const builtin = builtinMetrics
    .filter(name => !keys.has(name))
    .map(name => ({
      key: name,
      noun: {
        key: name,
        name,
        type: builtinTypes[name],
        source: { kind: 'builtin', builtin: name, statistic: 'mean' },
      } as const,
    }))
  return createRegister<Metric>([
    ...declared.map(each => ({
      key: each.key,
      id: each.raw?.id,
      noun: each.raw && resolveMetric(each, each.raw, context),
    })),
    ...builtin,
  ])
}

function resolveMetric({ key, at }: Declared<RawMetric>, raw: Loose<RawMetric>, context: Context): Metric | undefined {
  const { places, problems } = context
  const { type, values } = raw
  const [source, second] = sources.filter(each => each in raw)
  if (!source) problems.report('METRIC_SOURCE', { key, sources }, at)
  if (source && second) problems.report('METRIC_SOURCES', { key, first: source, second }, places.key(raw, second))
  if (type === 'enum' && !('values' in raw)) {
    problems.report('METRIC_VALUES_MISSING', { key }, places.value(raw, 'type'))
  }
  if (type !== undefined && type !== 'enum' && 'values' in raw) {
    problems.report('METRIC_VALUES_UNUSED', { type }, places.key(raw, 'values'))
  }
  if (raw.statistic !== undefined && isWhole(raw) && raw.builtin !== 'latency_ms') {
    problems.report('METRIC_STATISTIC', {}, places.key(raw, 'statistic'))
  }
  const read = source && readSource(source, raw, context)
  if (!read || type === undefined) return undefined
  const fitting = typeOf(read)
  if (fitting && fitting !== type && !second) {
    problems.report('METRIC_TYPE', { source: sourceName(read), type, fitting }, places.value(raw, 'type'))
  }
  return {
    key,
    name: raw.name ?? key,
    type,
    source: read,
    ...given({ id: raw.id, values: values?.flatMap(value => value ?? []) }),
  }
}

function readSource(kind: (typeof sources)[number], raw: Loose<RawMetric>, context: Context): MetricSource | undefined {
  switch (kind) {
    case 'agent_says':
    case 'caller_says': {
      const matcher = raw[kind]
      return matcher && { kind, matcher: readMatcher(matcher, context) }
    }
    case 'tool_called':
      return raw.tool_called && { kind, call: readToolCall(raw.tool_called, context) }
    case 'metadata':
      return raw.metadata === undefined ? undefined : { kind, pointer: raw.metadata }
    case 'builtin':
      return raw.builtin && { kind, builtin: raw.builtin, statistic: raw.statistic ?? 'mean' }
    case 'judge':
      return raw.judge === undefined ? undefined : { kind, question: raw.judge }
  }
}

/** The only type that a source's values can be of; what metadata and judges give can be of any. */
function typeOf(source: MetricSource): Metric['type'] | undefined {
  if (source.kind === 'metadata' || source.kind === 'judge') return undefined
  return source.kind === 'builtin' ? builtinTypes[source.builtin] : 'binary'
}

function sourceName(source: MetricSource): string {
  return source.kind === 'builtin' ? source.builtin : source.kind
}
