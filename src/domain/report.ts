import type { CaseKey, ResultId, RunKey } from './ids.js'
import type { Limit } from './limit.js'
import type { ModelUsage } from './model.js'
import type { OutcomeStatus, StopReason } from './outcome.js'
import type { ControlOutcome, Holds } from './verdict.js'
import type { Waiver } from './waiver.js'

/** How many runs ended with each outcome. */
export type Totals = { readonly [status in OutcomeStatus]: number } & {
  readonly runs: number
  /** Runs that passed only after an attempt that counted against the agent. */
  readonly flaky: number
}

/** The results of a suite, in plan order. The runs themselves stream from the journal. */
export interface Report {
  readonly result: ResultId
  readonly startedAt: string
  readonly endedAt: string
  readonly durationMs: number
  readonly totals: Totals
  readonly gate: Gate
  /** The gate with the suite's exceptions; absent if there are none. */
  readonly waived?: WaivedGate
  readonly entries: readonly EntryReport[]
  readonly metrics: readonly MetricSummary[]
  /** How the judge did on its controls, in the suite's order; absent if there are none. */
  readonly controls?: readonly ControlReport[]
  /**
   * Conversations of callers whose words a model finds, earlier attempts included, and how many of those callers broke their
   * instructions. Absent if there are no such callers.
   */
  readonly callers?: { readonly attempts: number; readonly invalid: number }
  /** Usage of models; absent if none was asked. */
  readonly usage?: UsageReport
  /** Pointers that found nothing though runs rest on them, which are unscored for it; absent if there are none. */
  readonly unresolved?: readonly UnresolvedPointer[]
  /** Messages of agents that nobody read, because `reply` points to one of several; absent if there are none. */
  readonly leftOut?: readonly LeftOutMessages[]
  /** What may be mistyped and did not decide anything, each in a sentence; absent if there are none. */
  readonly warnings?: readonly string[]
  /** Why the suite stopped early, if it did. */
  readonly stopped?: StopReason
  /** Why runs did not pass: what counts against the agent first, must_pass before all, then by number; absent if all passed. */
  readonly causes?: readonly Cause[]
  /** How many causes there are besides; absent if there are none. */
  readonly otherCauses?: number
  /** How often the judge voted, and how often its votes disagreed; absent if it never voted. */
  readonly votes?: { readonly answers: number; readonly split: number }
  /** The versions that agents told in conversations; absent if none told any. */
  readonly toldVersions?: readonly ToldVersions[]
  /** What the result does not show. */
  readonly limits: readonly Limit[]
}

/** The versions that an agent told, sorted as texts. */
export interface ToldVersions {
  /** The agent's key. */
  readonly agent: string
  readonly versions: readonly string[]
}

/** Why runs did not pass: a check that failed in the same way in all of them, or the same fault. */
export interface Cause {
  /** The same in all results of a suite. */
  readonly id: string
  readonly kind: Exclude<OutcomeStatus, 'passed' | 'not_run'>
  /** The check, or what broke, in one line. */
  readonly check: string
  readonly runs: number
  readonly cases: number
  /** One of its cases must pass. */
  readonly mustPass?: true
  readonly example: CauseExample
}

/** The first run of a cause, in plan order. */
export interface CauseExample {
  readonly run: RunKey
  readonly index: number
  /** What happened instead; empty if there is nothing to add. */
  readonly seen: string
  readonly turn?: number
  /** Place in the suite: of the check, or else of the scenario. */
  readonly file: string
  readonly line: number
}

/** A pointer of an agent's connection, or of checks into its metadata, that found nothing in the whole result. */
export interface UnresolvedPointer {
  /** The agent's key. */
  readonly agent: string
  /** The setting that gives it, by its name in the suite: `tool_calls`, `capture.thread`; `expect.metadata`. */
  readonly setting: string
  readonly pointer: string
  /** The answers in which it was looked for; for `expect.metadata`, the conversations. */
  readonly answers: number
  /** The runs that rest on it. */
  readonly runs: number
}

/** Messages of an agent that stand beside the one that `reply` points to. */
export interface LeftOutMessages {
  /** The agent's key. */
  readonly agent: string
  readonly pointer: string
  readonly messages: number
}

/** Usage by role and model. */
export interface UsageReport {
  /** Runs with all their attempts, judge controls, and the check before the first call. */
  readonly total: readonly ModelUsage[]
  /** The part of `total` spent on attempts that were retried. */
  readonly retried: readonly ModelUsage[]
}

/** A judge control, and how the judge did on it. */
export interface ControlReport {
  readonly control: string
  /** Whether the judge agreed with the suite; `unknown` if it was inconclusive, failed, or was never asked. */
  readonly holds: Holds
  /** What the judge said instead, in one line; empty if it agreed. */
  readonly because: string
  /** Absent if the control expects only metrics, or was never judged. */
  readonly outcome?: ControlOutcome
}

export interface EntryReport {
  readonly index: number
  readonly name: string
  readonly totals: Totals
  /** Runs left out because the pass rate of their case, or the gate, was decided. */
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
  /** Runs left out because the case's pass rate, or its entry's gate, was decided. */
  readonly saved: number
  /** For a case that repeats until its pass rate is decided. */
  readonly decision?: CaseDecision
  /** Ids of the causes for which its runs failed, at most 5, the most frequent first; absent if none failed. */
  readonly causes?: readonly string[]
}

/** The decision that the repeats of a case led to. */
export interface CaseDecision {
  readonly verdict: 'met' | 'not_met' | 'undecided'
  /** The counted runs that the decision rests on: the first ones, in plan order. */
  readonly counted: number
  readonly passed: number
  /** Bounds of the pass rate, 0..1. */
  readonly lower: number
  readonly upper: number
  /** Confidence of the bounds, 0..1, however often one looks. */
  readonly confidence: number
}

/** A metric over many runs. For a binary metric, true is 1 and false 0; an enum has only counts. */
export interface MetricSummary {
  readonly metric: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  /** Number of samples; number of runs if each run has one value. */
  readonly count: number
  /** Runs in which the metric could not be scored. */
  readonly unscored: number
  /** Runs in which the metric did not apply, by its trigger; absent if there are none. */
  readonly notApplicable?: number
  /** A share of so few samples that it says nothing: it has no figures. */
  readonly tooFew?: true
  readonly mean?: number
  readonly min?: number
  readonly max?: number
  readonly p25?: number
  readonly p50?: number
  readonly p75?: number
  readonly p90?: number
  readonly p95?: number
  readonly p99?: number
  /** For an enum: how often each value occurs. */
  readonly values?: Readonly<Record<string, number>>
}

/** Whether the gate passed. `could_not_tell` is inconclusive: neither passed nor failed. */
export interface Gate {
  readonly verdict: 'passed' | 'failed' | 'could_not_tell'
  readonly lines: readonly GateLine[]
}

/** What a rule of the gate requires, as a number. */
export interface GateBound {
  /** How the value must stand to the bound; `within`: from `bound` to `upperBound`. */
  readonly relation: '>=' | '<=' | '<' | 'within'
  /** A share 0..1, a count, or a metric's unit. */
  readonly bound: number
  readonly upperBound?: number
}

/** What a rule of the gate measured, as numbers. What does not apply, or was not measured, is absent. */
export interface GateMeasure {
  /** What is compared with the bound. With a confidence it is the end of the interval that decides. */
  readonly value?: number
  /** So many of `n`: runs that passed, cases that reach the bound, failed runs. */
  readonly k?: number
  /** Runs, cases, controls, samples or tests. */
  readonly n?: number
  /** The interval of k of n, 0..1: of 95 %, unless `confidence` says otherwise. */
  readonly lower?: number
  readonly upper?: number
  /** The confidence that the rule asks for, 0..1. */
  readonly confidence?: number
}

/** The gate as it would be if what waivers cover had passed. The gate itself stays as it is. */
export interface WaivedGate {
  readonly verdict: Gate['verdict']
  /** Whether the exit code follows it. */
  readonly allowed: boolean
  /** Failed runs that are covered. */
  readonly runs: number
  readonly waivers: readonly UsedWaiver[]
}

export interface UsedWaiver extends Waiver {
  /** `expired` when the result started; `unused`: it covered no failure. */
  readonly state: 'applied' | 'unused' | 'expired'
  /** Failed runs for which it was needed. */
  readonly runs: number
}

/** One rule of the gate: what it requires, and what was measured, as sentences and as numbers. */
export interface GateLine extends Partial<GateBound>, GateMeasure {
  /** `suite`, the entry's name, or an entry's scenario: `smoke/cancel_appointment`. */
  readonly scope: string
  /**
   * `pass_rate`, `coverage`, `each_scenario`, `all_of`, `must_pass`, `metrics.reply_latency.p95`, `max_failures`,
   * `judge_controls`, `no_regression`, `shards`, `recount`.
   */
  readonly rule: string
  /** For people: `>= 95.0 %`. */
  readonly required: string
  /** For people: `93.3 % (28 of 30)`. */
  readonly measured: string
  readonly verdict: 'met' | 'not_met' | 'could_not_tell'
  /** In one line: the cases that fell short, or why the rule is inconclusive. */
  readonly because?: string
}
