import type { ClaimKind } from './claim-kind.js'

/** The result of a check. `unknown` is inconclusive, and never counts as `yes`. */
export type Holds = 'yes' | 'no' | 'unknown'

/** One assertion, checked on a conversation. */
export interface Check {
  /** The assertion in one line: `agent says contains "cancelled"`. */
  readonly assertion: string
  readonly holds: Holds
  /** What was found instead, in one line; empty if the check passed. */
  readonly because: string
  /** The turn that shows it, if one does. */
  readonly turn?: number
  /** Line of the suite that asks for the check, from 1; absent for checks that always apply. */
  readonly line?: number
  /** `because` is in the judge's words. */
  readonly judged?: true
  /** Settings whose pointers found nothing in this conversation, and without which the check could have another result. */
  readonly relies?: readonly string[]
}

/** The score of one metric in one run. */
export interface MetricScore {
  readonly metric: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  /** `null` if it could not be scored or does not apply; `because` then says why. */
  readonly value: number | boolean | string | null
  /** For a metric with many samples in a run: all of them, oldest first, in the metric's unit. */
  readonly samples?: readonly number[]
  /** The turn of the largest sample. */
  readonly turn?: number
  /** The samples are 1 or 0, and their share says nothing while there are few. */
  readonly isRate?: true
  readonly because?: string
  /** The metric does not apply to this conversation, by its trigger or because it needs sound: it has no value, and none is missing. */
  readonly applies?: false
  /** For a judged metric: why, in the judge's words. */
  readonly explanation?: string
  /** For a metric judged more than once: each answer. */
  readonly votes?: readonly (number | boolean | string | null)[]
  /** Settings whose pointers found nothing in this conversation, and without which the metric could have another value. */
  readonly relies?: readonly string[]
}

/** One claim of an expected outcome, judged. */
export interface JudgedClaim {
  readonly claim: string
  /** Absent if a service judged it. */
  readonly kind?: ClaimKind
  readonly holds: Holds
  /** Why, in the judge's words. */
  readonly because: string
  /** The turn that shows it, if one does. */
  readonly turn?: number
  /** The words, or the tool call, that show it, quoted from the transcript. */
  readonly quote?: string
  /** How often each answer was given, if it was judged more than once. */
  readonly votes?: Readonly<Record<Holds, number>>
}

/** An expected outcome, judged claim by claim. */
export interface JudgedOutcome {
  /** 0..100: the share of claims that are met; `null` while one is inconclusive. */
  readonly score: number | null
  readonly claims: readonly JudgedClaim[]
  /** Why the judge's split into claims was not used, so that the outcome was judged whole: `it lost "refund"`. */
  readonly notSplit?: string
}

/** What a judge control expects of an outcome, and what the judge found. */
export interface ControlOutcome {
  readonly expected: 'met' | 'not_met'
  readonly found: 'met' | 'not_met' | 'unknown'
}

/**
 * What the checks of one run amount to. `holds` is `no` if any check is `no`; `yes` if every check is `yes` and every metric
 * of the scenario was scored; otherwise `unknown`. Each claim of the expected outcome is one of the checks.
 */
export interface Verdict {
  readonly holds: Holds
  readonly checks: readonly Check[]
  /** Present if the scenario has an expected outcome and it was judged. */
  readonly outcome?: JudgedOutcome
  readonly metrics: readonly MetricScore[]
}
