/** Whether something held: `unknown` is what could not be told, and never counts as held. */
export type Holds = 'yes' | 'no' | 'unknown'

/** One assertion, held against a conversation. */
export interface Check {
  /** The assertion in one line: `agent says contains "cancelled"`. */
  readonly assertion: string
  readonly holds: Holds
  /** What was seen instead, in one line; empty where it held. */
  readonly because: string
  /** The turn that shows it, where one does. */
  readonly turn?: number
  /** Line of the suite that asks for it, from 1; none for what is always asked. */
  readonly line?: number
  /** `because` is what a judge says. */
  readonly judged?: true
}

/** A metric of one run. */
export interface MetricScore {
  readonly metric: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  /** `null` where it could not be scored, or does not apply; then `because` says why. */
  readonly value: number | boolean | string | null
  /** Of a metric with many samples in a run: all of them, oldest first, in the metric's unit. */
  readonly samples?: readonly number[]
  /** Of these: the turn of the largest. */
  readonly turn?: number
  readonly because?: string
  /** Its trigger says that it has no meaning in this conversation: it has no value, and none is missing. */
  readonly applies?: false
  /** Of a metric that was judged: why, in the judge's words. */
  readonly explanation?: string
  /** Of a metric that was judged more than once: each answer. */
  readonly votes?: readonly (number | boolean | string | null)[]
}

/** One claim of an expected outcome, judged. */
export interface JudgedClaim {
  readonly claim: string
  readonly holds: Holds
  /** Why, in the judge's words. */
  readonly because: string
  /** The turn that shows it, where one does. */
  readonly turn?: number
  /** The words, or the tool call, that show it, as they stand in the transcript. */
  readonly quote?: string
  /** How often each answer was given, where it was judged more than once. */
  readonly votes?: Readonly<Record<Holds, number>>
}

/** An expected outcome, judged claim by claim. */
export interface JudgedOutcome {
  /** 0..100: the share of claims that are met; `null` while one cannot be told. */
  readonly score: number | null
  readonly claims: readonly JudgedClaim[]
}

/**
 * What came of a conversation. `holds` is `yes` only if every check is and every metric that the scenario lists was
 * scored; it is `no` if any check is, and else `unknown`. Each claim of the outcome is one of the checks.
 */
export interface Verdict {
  readonly holds: Holds
  readonly checks: readonly Check[]
  /** Where the scenario has an expected outcome, and it was judged. */
  readonly outcome?: JudgedOutcome
  readonly metrics: readonly MetricScore[]
}
