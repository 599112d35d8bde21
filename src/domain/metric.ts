import type { Statistic, ToolCallMatcher } from './assertion.js'
import type { TextMatcher } from './text-matcher.js'

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
  | { readonly kind: 'judge'; readonly question: string }

/** Something measured in a run. A metric measures; assertions and thresholds gate. */
export interface Metric {
  readonly key: string
  readonly id?: number
  readonly name: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  readonly source: MetricSource
  /** Of an enum: its possible values. */
  readonly values?: readonly string[]
}
