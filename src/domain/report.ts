import type { CaseKey, ResultId } from './ids.js'
import type { ModelUsage } from './model.js'
import type { OutcomeStatus, StopReason } from './outcome.js'
import type { Holds } from './verdict.js'

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
  /** How the judge did on the conversations that it is judged by, in the suite's order; absent where there are none. */
  readonly controls?: readonly ControlReport[]
  /**
   * Conversations of callers whose words a model finds, earlier attempts included, and those of them in which the caller did
   * not keep to what it was told; absent where there are no such callers.
   */
  readonly callers?: { readonly attempts: number; readonly invalid: number }
  /** What models took; absent where none was asked. */
  readonly usage?: UsageReport
  /** What ended it early, if anything did. */
  readonly stopped?: StopReason
}

/** What models took, by role and model. */
export interface UsageReport {
  /** Runs with all their attempts, controls of the judge, and the question before the first call. */
  readonly total: readonly ModelUsage[]
  /** Of it: attempts that were followed by another. */
  readonly retried: readonly ModelUsage[]
}

/** A conversation of known worth, and what the judge made of it. */
export interface ControlReport {
  readonly control: string
  /** `unknown` where the judge could not tell, failed, or was never asked. */
  readonly holds: Holds
  /** What it said instead, in one line; empty where it was right. */
  readonly because: string
}

export interface EntryReport {
  readonly index: number
  readonly name: string
  readonly totals: Totals
  /** Runs left out because the pass rate of their case was decided, or the gate could no longer change. */
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
  /** Runs left out because its pass rate was decided, or the gate of its entry. */
  readonly saved: number
  /** Of a case that repeats until its pass rate is decided. */
  readonly decision?: CaseDecision
}

/** What the repeats of a case have decided. */
export interface CaseDecision {
  readonly verdict: 'met' | 'not_met' | 'undecided'
  /** The counted runs that it rests on: the first so many, in plan order. */
  readonly counted: number
  readonly passed: number
  /** Where its pass rate lies by these, 0..1. */
  readonly lower: number
  readonly upper: number
  /** How sure that is, 0..1, however often one looks. */
  readonly confidence: number
}

/** A metric over many runs. Of a binary metric, true is 1 and false 0; an enum has only counts. */
export interface MetricSummary {
  readonly metric: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  /** Samples, or runs where a run has one value. */
  readonly count: number
  /** Runs in which it could not be scored. */
  readonly unscored: number
  /** Runs in which its trigger says that it has no meaning; absent where there are none. */
  readonly notApplicable?: number
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
  /**
   * `pass_rate`, `coverage`, `each_scenario`, `all_of`, `must_pass`, `metrics.reply_latency.p95`, `max_failures`,
   * `judge_controls`, `no_regression`.
   */
  readonly rule: string
  /** For people: `>= 95.0 %`. */
  readonly required: string
  /** For people: `93.3 % (28 of 30)`. */
  readonly measured: string
  readonly verdict: 'met' | 'not_met' | 'could_not_tell'
  /** What to look at, in one line: the cases that fell short, or why it could not be told. */
  readonly because?: string
}
