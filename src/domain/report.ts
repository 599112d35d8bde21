import type { CaseKey, ResultId } from './ids.js'
import type { OutcomeStatus, StopReason } from './outcome.js'

/** How many runs ended in which way. */
export type Totals = { readonly [status in OutcomeStatus]: number } & {
  readonly runs: number
  /** Passed only after an attempt that counted against the agent. */
  readonly flaky: number
}

/** What a suite came to, in plan order; the runs themselves stream from the journal. */
export interface Report {
  readonly result: ResultId
  readonly startedAt: string
  readonly endedAt: string
  readonly durationMs: number
  readonly totals: Totals
  readonly gate: Gate
  readonly entries: readonly EntryReport[]
  readonly metrics: readonly MetricSummary[]
  /** What ended it early, if anything did. */
  readonly stopped?: StopReason
}

export interface EntryReport {
  readonly index: number
  readonly name: string
  readonly totals: Totals
  /** Runs left out because the entry's gate could no longer change. */
  readonly saved: number
  readonly cases: readonly CaseReport[]
  readonly metrics: readonly MetricSummary[]
}

export interface CaseReport {
  readonly index: number
  readonly key: CaseKey
  readonly totals: Totals
  /** Sum of its runs' durations, milliseconds. */
  readonly durationMs: number
}

/** A metric over many runs. Of a binary metric, true is 1 and false 0; an enum has only counts. */
export interface MetricSummary {
  readonly metric: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  /** Samples, or runs where a run has one value. */
  readonly count: number
  /** Runs in which it could not be scored. */
  readonly unscored: number
  readonly mean?: number
  readonly min?: number
  readonly max?: number
  readonly p50?: number
  readonly p90?: number
  readonly p95?: number
  readonly p99?: number
  /** Of an enum: how often each value. */
  readonly values?: Readonly<Record<string, number>>
}

/** Whether the bar was cleared. `could_not_tell` is neither pass nor fail. */
export interface Gate {
  readonly verdict: 'passed' | 'failed' | 'could_not_tell'
  readonly lines: readonly GateLine[]
}

/** One rule of the gate, with what was measured beside what is required. */
export interface GateLine {
  /** `suite`, the entry's name, or an entry's scenario: `smoke/cancel_appointment`. */
  readonly scope: string
  /** `pass_rate`, `coverage`, `each_scenario`, `all_of`, `must_pass`, `metrics.reply_latency.p95`, `max_failures`. */
  readonly rule: string
  /** For people: `>= 95.0 %`. */
  readonly required: string
  /** For people: `93.3 % (28 of 30)`. */
  readonly measured: string
  readonly verdict: 'met' | 'not_met' | 'could_not_tell'
  /** What to look at, in one line: the cases that fell short, or why it could not be told. */
  readonly because?: string
}
