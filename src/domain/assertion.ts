import type { CutOff } from './cut-off.js'
import type { Span } from './source.js'
import type { TextMatcher } from './text-matcher.js'

/** Inclusive bounds, in the unit of the measured value. */
export interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** Whether a value is within bounds. A billionth of leeway keeps rounding (0.1 + 0.2 against 0.3) out of verdicts. */
export function isWithin(value: number, { min = -Infinity, max = Infinity }: Bounds): boolean {
  return atLeast(value, min) && atLeast(max, value)
}

function atLeast(value: number, least: number): boolean {
  return value >= least || least - value <= 1e-9 * Math.abs(least)
}

/** Bounds in words: `<= 2000 ms`, `>= 1`, `exactly 3`, `1 to 3`. */
export function wordBounds({ min, max }: Bounds, unit = ''): string {
  const suffix = unit && ` ${unit}`
  if (min === undefined) return `<= ${max}${suffix}`
  if (max === undefined) return `>= ${min}${suffix}`
  return (min === max ? `exactly ${min}` : `${min} to ${max}`) + suffix
}

/** How the samples of a run, or the values of many runs, become one figure. Percentiles are nearest-rank. */
export type Statistic = 'mean' | 'min' | 'max' | 'p25' | 'p50' | 'p75' | 'p90' | 'p95' | 'p99'

/** A tool call to look for. `arguments` match partially: objects in depth, lists as a whole, or by `{ includes: [...] }`. */
export interface ToolCallMatcher {
  readonly name: string
  readonly arguments?: Readonly<Record<string, unknown>>
  /** How many calls must match. Default: at least one. */
  readonly times?: Bounds
  /** A matching call must come after the first call of this tool. */
  readonly after?: string
}

/** One thing to check on a conversation. `at` is its place in the suite. */
export type Assertion = { readonly at: Span } & (
  | { readonly kind: 'agent_says' | 'caller_says'; readonly matcher: TextMatcher }
  | { readonly kind: 'tool_called'; readonly call: ToolCallMatcher }
  | {
      readonly kind: 'metadata'
      /** JSON Pointer, RFC 6901. */
      readonly pointer: string
      readonly exists?: boolean
      /** Compared in depth, and may be `undefined`: test its presence with `'equals' in assertion`. */
      readonly equals?: unknown
      readonly matcher?: TextMatcher
    }
  | { readonly kind: 'ended_by'; readonly by: 'agent' | 'caller' | 'limit' }
  | { readonly kind: 'cut_off'; readonly by: CutOff }
  | { readonly kind: 'turns'; readonly bounds: Bounds }
  | { readonly kind: 'duration'; readonly boundsMs: Bounds }
  | {
      readonly kind: 'metric'
      readonly name: string
      readonly statistic?: Statistic
      readonly bounds: Bounds
      readonly equals?: boolean | string | number
    }
  | { readonly kind: 'not'; readonly assertion: Assertion }
  | { readonly kind: 'all' | 'any'; readonly assertions: readonly Assertion[] }
)
