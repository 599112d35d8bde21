import type { Assertion, Statistic, ToolCallMatcher } from './assertion.js'
import type { TextMatcher } from './text-matcher.js'
import { unreachable } from './unreachable.js'

/** The measures Callsheet computes itself; each may be named without being declared. */
export const builtinMetrics = [
  'latency_ms',
  'turns',
  'duration_s',
  'words',
  'repetition',
  'tool_call_success',
  'appropriate_termination',
  'talk_ratio',
] as const

export type BuiltinMetric = (typeof builtinMetrics)[number]

/** Where a metric's value comes from. */
export type MetricSource =
  | { readonly kind: 'builtin'; readonly builtin: BuiltinMetric; readonly statistic: Statistic }
  | { readonly kind: 'agent_says' | 'caller_says'; readonly matcher: TextMatcher }
  | { readonly kind: 'tool_called'; readonly call: ToolCallMatcher }
  /** JSON Pointer (RFC 6901) into the agent's metadata. */
  | { readonly kind: 'metadata'; readonly pointer: string }
  /** `usesKnowledge`: the judge is shown the agent's knowledge files. `votes`: where it is left out, the judge's own. */
  | { readonly kind: 'judge'; readonly question: string; readonly usesKnowledge?: true; readonly votes?: number }
  /** The score of the expected outcome. */
  | { readonly kind: 'outcome' }

/** When a metric has a meaning at all: what must hold of the conversation, or what the judge is asked. */
export type MetricTrigger =
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'judge'; readonly question: string }

/** Something measured in a run. A metric measures; assertions and thresholds gate. */
export interface Metric {
  readonly key: string
  readonly id?: number
  readonly name: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  readonly source: MetricSource
  /** Of an enum: its possible values; any text, where they are left out. */
  readonly values?: readonly string[]
  /** Where it is left out, always. */
  readonly trigger?: MetricTrigger
}

/** Whether a judge is asked for its value. */
export function isJudged({ source }: Metric): boolean {
  return source.kind === 'judge'
}

/** Whether it has no value without a judge. */
export function needsJudge({ source, trigger }: Metric): boolean {
  return source.kind === 'judge' || source.kind === 'outcome' || trigger?.kind === 'judge'
}

/** What of a scenario may ask for a judge. */
interface Asking {
  readonly expectedOutcome?: unknown
  /** Keys of its metrics. */
  readonly metrics: readonly string[]
}

/** Whether a scenario cannot be scored without a judge. */
export function asksJudge(scenario: Asking, metrics: readonly Metric[]): boolean {
  return scenario.expectedOutcome !== undefined || metrics.some(each => needsJudge(each) && scenario.metrics.includes(each.key))
}

/** Whether a value is one that a metric can have. */
export function isMetricValue({ type, values }: Metric, value: unknown): value is number | boolean | string {
  switch (type) {
    case 'binary':
      return typeof value === 'boolean'
    case 'numeric':
      return typeof value === 'number' && Number.isFinite(value)
    case 'rating':
      return typeof value === 'number' && value >= 0 && value <= 100
    case 'enum':
      return typeof value === 'string' && value.trim() !== '' && (values?.includes(value) ?? true)
    default:
      return unreachable(type)
  }
}

/** The values that a metric can have, for people: `a number from 0 to 100`. */
export function wordMetricValues({ type, values }: Metric): string {
  switch (type) {
    case 'binary':
      return 'true or false'
    case 'numeric':
      return 'a number'
    case 'rating':
      return 'a number from 0 to 100'
    case 'enum':
      return values ? `one of ${values.join(', ')}` : 'a text'
    default:
      return unreachable(type)
  }
}
