import type { Assertion, Statistic, ToolCallMatcher } from './assertion.js'
import type { TextMatcher } from './text-matcher.js'
import { unreachable } from './unreachable.js'

/** The metrics that Callsheet computes from any conversation. */
const plainMetrics = [
  'latency_ms',
  'turns',
  'duration_s',
  'words',
  'repetition',
  'tool_call_success',
  'appropriate_termination',
  'talk_ratio',
  'dtmf_received',
] as const

/** The metrics that it computes from sound; to a conversation without sound they do not apply. */
export const soundMetrics = [
  'latency_with_tool_ms',
  'latency_after_interruption_ms',
  'time_to_first_word_ms',
  'agent_interruptions',
  'caller_interruptions',
  'stop_time_ms',
  'yield_rate',
  'selectivity',
  'dead_air_s',
  'dead_air_total_s',
  'overlap_s',
  'words_per_minute',
  'caller_wer',
  'heard_wer',
  'snr_db',
  'level_dbfs',
  'clipping',
  'dropouts',
  'abrupt_end',
] as const

export type SoundMetric = (typeof soundMetrics)[number]

/** The metrics that Callsheet computes itself. A suite may name each without declaring it. */
export const builtinMetrics = [...plainMetrics, ...soundMetrics] as const

export type BuiltinMetric = (typeof builtinMetrics)[number]

/** Where a metric's value comes from. */
export type MetricSource =
  | { readonly kind: 'builtin'; readonly builtin: BuiltinMetric; readonly statistic: Statistic }
  | { readonly kind: 'agent_says' | 'caller_says'; readonly matcher: TextMatcher }
  | { readonly kind: 'tool_called'; readonly call: ToolCallMatcher }
  /** JSON Pointer (RFC 6901) into the agent's metadata. */
  | { readonly kind: 'metadata'; readonly pointer: string }
  /** `usesKnowledge`: the judge sees the agent's knowledge files. `votes`: default is the judge's own. */
  | { readonly kind: 'judge'; readonly question: string; readonly usesKnowledge?: true; readonly votes?: number }
  /** The score of the expected outcome. */
  | { readonly kind: 'outcome' }

/** When a metric applies: a check on the conversation, or a question to the judge. */
export type MetricTrigger =
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'judge'; readonly question: string }

/** Something measured in a run. Metrics only measure; assertions and thresholds decide. */
export interface Metric {
  readonly key: string
  readonly id?: number
  readonly name: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  readonly source: MetricSource
  /** For an enum: its possible values. Default: any text. */
  readonly values?: readonly string[]
  /** Default: the metric always applies. */
  readonly trigger?: MetricTrigger
}

/** Whether a metric is computed from sound. */
export function needsSound({ source }: Metric): boolean {
  return source.kind === 'builtin' && isSoundMetric(source.builtin)
}

export function isSoundMetric(name: BuiltinMetric): name is SoundMetric {
  return (soundMetrics as readonly BuiltinMetric[]).includes(name)
}

/** Whether a judge gives the metric's value. */
export function isJudged({ source }: Metric): boolean {
  return source.kind === 'judge'
}

/** Whether the metric needs a judge at all. */
export function needsJudge({ source, trigger }: Metric): boolean {
  return source.kind === 'judge' || source.kind === 'outcome' || trigger?.kind === 'judge'
}

/** The parts of a scenario that may need a judge. */
interface Asking {
  readonly expectedOutcome?: unknown
  /** Keys of its metrics. */
  readonly metrics: readonly string[]
}

/** Whether a scenario cannot be scored without a judge. */
export function asksJudge(scenario: Asking, metrics: readonly Metric[]): boolean {
  return scenario.expectedOutcome !== undefined || metrics.some(each => needsJudge(each) && scenario.metrics.includes(each.key))
}

/** Whether a metric can have this value. */
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
