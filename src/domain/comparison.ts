import type { CaseKey, ResultId } from './ids.js'

/** What changed from one result to another, and whether chance alone would do that. */
export interface Comparison {
  readonly base: ComparedResult
  readonly new: ComparedResult
  /** How likely one false alarm in the whole comparison may be, 0..1. */
  readonly alpha: number
  /** `nothing_compared`: no case has counted runs in both results. */
  readonly verdict: 'regressed' | 'no_regression' | 'nothing_compared'
  /** How many tests the correction is for: those that could have come out either way. */
  readonly tests: number
  /** Cases that both results have, in the order of the new one. */
  readonly cases: readonly CaseComparison[]
  readonly entries: readonly EntryComparison[]
  /** Cases with so few runs that even a change from always passing to always failing would be unclear. */
  readonly tooFewRuns: readonly CaseKey[]
  /** Cases that only the new result has. */
  readonly added: readonly CaseKey[]
  /** Cases that only the base has. */
  readonly gone: readonly CaseKey[]
  /** Cases that passed and failed, over the repeats or the attempts of one result. */
  readonly flaky: readonly FlakyCase[]
}

export interface ComparedResult {
  readonly result: ResultId
  /** Folder of the result, as people should type it. */
  readonly place: string
  readonly suite: string
  readonly startedAt: string
  readonly rescoredFrom?: ResultId
}

export interface CaseComparison {
  readonly key: CaseKey
  readonly base: Share
  readonly new: Share
  /** By Fisher's exact test; absent where one of the results has no counted run. */
  readonly passRate?: DifferenceFinding
  readonly metrics: readonly MetricComparison[]
  readonly choices: readonly ChoiceComparison[]
}

/** Runs that passed, of those that say something about the agent: passed, failed and agent_error. */
export interface Share {
  readonly passed: number
  readonly counted: number
  /** All others: infra_error, caller_invalid, unscored, not_run. */
  readonly untold: number
}

export interface EntryComparison {
  /** As keys bear it. */
  readonly entry: string
  /**
   * Of the cases that both results have and that ran too seldom to be told one by one, taken together; by a permutation
   * test. Absent where there are none.
   */
  readonly others?: { readonly cases: number; readonly base: Share; readonly new: Share; readonly passRate: DifferenceFinding }
  /** Over all cases that both results have, where two or more have values. */
  readonly metrics: readonly MetricComparison[]
  readonly choices: readonly ChoiceComparison[]
}

/** A metric's mean over runs that passed or failed. Of a binary metric, true is 1 and false 0. */
export interface MetricComparison {
  readonly metric: string
  readonly base: MetricMean
  readonly new: MetricMean
  /** Mean of the new result less that of the base, each case weighing as many as its runs in both. */
  readonly difference: number
  /** Where the difference lies at the confidence 1 - alpha, each by itself; absent where runs are too few. */
  readonly interval?: { readonly lower: number; readonly upper: number }
  readonly finding: DifferenceFinding
}

/** How often each value of an enum came up, over runs that passed or failed; values in order of the alphabet. */
export interface ChoiceComparison {
  readonly metric: string
  readonly base: Readonly<Record<string, number>>
  readonly new: Readonly<Record<string, number>>
  /** By a permutation test of how they are spread; never `better` or `worse`. */
  readonly finding: DifferenceFinding
}

export interface MetricMean {
  readonly runs: number
  readonly mean: number
}

export interface DifferenceFinding {
  /** How likely a difference at least this large would be if nothing had changed, two-sided. */
  readonly p: number
  /** The same, corrected for the number of tests (Holm). */
  readonly corrected: number
  /** `changed`: significant, and nothing says which way is better. `unclear`: chance alone might do that. */
  readonly verdict: 'better' | 'worse' | 'changed' | 'unclear'
}

export interface FlakyCase {
  readonly key: CaseKey
  readonly base?: Share
  readonly new?: Share
}
