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
}

/** A metric of one run. */
export interface MetricScore {
  readonly metric: string
  readonly type: 'binary' | 'numeric' | 'rating' | 'enum'
  /** `null` where it could not be scored; then `because` says why. */
  readonly value: number | boolean | string | null
  /** Of a metric with many samples in a run: all of them, oldest first, in the metric's unit. */
  readonly samples?: readonly number[]
  /** Of these: the turn of the largest. */
  readonly turn?: number
  readonly because?: string
}

/**
 * What came of a conversation. `holds` is `yes` only if every check is and every metric that the scenario lists was
 * scored; it is `no` if any check is, and else `unknown`.
 */
export interface Verdict {
  readonly holds: Holds
  readonly checks: readonly Check[]
  readonly metrics: readonly MetricScore[]
}
