import { exactJson } from '../exact-json.js'
import type { Assertion } from '../../../domain/assertion.js'
import type { Assertion as RawAssertion } from '../../../domain/generated/suite.js'
import type { Metric } from '../../../domain/metric.js'
import type { Context } from '../context.js'
import { given, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { checkBounds, readCount, readMatcher, readSearch, readToolCall } from './read-matcher.js'
import { checkTemplatesIn } from '../utterance/read-utterance.js'
import { readDuration } from './read-duration.js'
import { resolveReference } from './references.js'
import type { Register } from './references.js'

/** A scenario's expectations: a list of assertions, each a map with one key. */
export function resolveAssertions(
  list: Loose<readonly RawAssertion[]> | undefined,
  metrics: Register<Metric>,
  context: Context,
): readonly Assertion[] {
  if (!list) return []
  return [...readable(list)].flatMap(([index]) => resolveAssertion(list, index, metrics, context) ?? [])
}

/** Keys of the metrics that assertions name, in order. */
export function metricsOf(assertions: readonly Assertion[]): readonly string[] {
  return assertions.flatMap(assertion => {
    switch (assertion.kind) {
      case 'metric':
        return [assertion.name]
      case 'not':
        return metricsOf([assertion.assertion])
      case 'all':
      case 'any':
        return metricsOf(assertion.assertions)
      default:
        return []
    }
  })
}

/** One assertion, from a list by index or from a map by key. */
export function resolveAssertion(holder: object, key: string | number, metrics: Register<Metric>, context: Context): Assertion | undefined {
  const raw = (holder as Record<string | number, Loose<RawAssertion> | undefined>)[key]
  if (!raw) return undefined
  const at = context.places.value(holder, key)
  if (raw.agent_says) return { at, kind: 'agent_says', matcher: readMatcher(raw.agent_says, context, true) }
  if (raw.caller_says) return { at, kind: 'caller_says', matcher: readMatcher(raw.caller_says, context, true) }
  if (raw.tool_called) return { at, kind: 'tool_called', call: readToolCall(raw.tool_called, context) }
  if (raw.metadata) return { at, ...readMetadata(raw.metadata, context) }
  if (raw.ended_by) return { at, kind: 'ended_by', by: raw.ended_by }
  if (raw.cut_off) return { at, kind: 'cut_off', by: raw.cut_off }
  if (raw.turns !== undefined) return { at, kind: 'turns', bounds: readCount(raw.turns, context) }
  if (raw.duration) return { at, kind: 'duration', boundsMs: readDurationBounds(raw.duration, context) }
  if (raw.metric) return readMetric(raw.metric, at, metrics, context)
  if (raw.not) {
    const assertion = resolveAssertion(raw, 'not', metrics, context)
    return assertion && { at, kind: 'not', assertion }
  }
  for (const kind of ['all', 'any'] as const) {
    if (raw[kind]) return { at, kind, assertions: resolveAssertions(raw[kind], metrics, context) }
  }
  return undefined
}

/** Reports an assertion that names something but checks nothing about it. */
function checkAsks(raw: object, of: string, askedBy: readonly string[], { places, problems }: Context) {
  if (askedBy.some(key => key in raw)) return
  problems.report('ASSERTION_ASKS_NOTHING', { of, askedBy }, places.whole(raw))
}

function readMetadata(raw: Loose<NonNullable<RawAssertion['metadata']>>, context: Context) {
  const { pointer, contains, matches } = raw
  if (pointer !== undefined) checkAsks(raw, pointer, ['exists', 'equals', 'contains', 'matches'], context)
  for (const key of ['pointer', 'equals'] as const) checkTemplatesIn(raw, key, context)
  const matcher = contains === undefined && matches === undefined ? undefined : readSearch(raw, context, true)
  return {
    kind: 'metadata',
    pointer: pointer ?? '',
    ...given({ exists: raw.exists, matcher }),
    // Also if it is null: an assertion may ask for equality with null.
    ...('equals' in raw && { equals: exactJson(raw, 'equals', context.places) }),
  } as const
}

function readDurationBounds(raw: Loose<NonNullable<RawAssertion['duration']>>, context: Context) {
  const bounds = given({ min: readDuration(raw, 'min', context, 0), max: readDuration(raw, 'max', context, 0) })
  checkBounds(bounds, raw, context)
  return bounds
}

function readMetric(
  raw: Loose<NonNullable<RawAssertion['metric']>>,
  at: Assertion['at'],
  metrics: Register<Metric>,
  context: Context,
): Assertion | undefined {
  const { places, problems } = context
  if (raw.name !== undefined) checkAsks(raw, raw.name, ['min', 'max', 'equals'], context)
  checkTemplatesIn(raw, 'equals', context)
  const metric = resolveReference(raw.name, metrics, () => places.value(raw, 'name'), problems)
  const bounds = given({ min: raw.min, max: raw.max })
  checkBounds(bounds, raw, context)
  if (!metric) return undefined
  checkEquals(metric, raw, context)
  return { at, kind: 'metric', name: metric.key, bounds, ...given({ statistic: raw.statistic, equals: raw.equals }) }
}

/** Reports bounds on values that are not numbers, and expected values that the metric cannot have. */
export function checkEquals(
  metric: Metric,
  raw: { readonly min?: number | undefined; readonly max?: number | undefined; readonly equals?: boolean | string | number | undefined },
  { places, problems }: Context,
) {
  const bounded = (['min', 'max'] as const).find(key => raw[key] !== undefined)
  if (bounded && (metric.type === 'enum' || metric.type === 'binary')) {
    problems.report('METRIC_NOT_BOUNDED', { metric: metric.key, type: metric.type }, places.key(raw, bounded))
  }
  if (raw.equals !== undefined && !canEqual(metric, raw.equals)) {
    problems.report(
      'METRIC_NEVER_EQUAL',
      { metric: metric.key, type: metric.type, values: metric.values, found: raw.equals },
      places.value(raw, 'equals'),
    )
  }
}

function canEqual({ type, values }: Metric, value: boolean | string | number): boolean {
  switch (type) {
    case 'binary':
      return typeof value === 'boolean'
    case 'numeric':
    case 'rating':
      return typeof value === 'number'
    case 'enum':
      return typeof value === 'string' && (values?.includes(value) ?? true)
  }
}
