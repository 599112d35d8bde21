import type { CaseKey, ResultId, RunKey } from './ids.js'
import type { Limit } from './limit.js'
import type { Outcome } from './outcome.js'
import type { Join } from './turn-text.js'

/** What changed from one result to another, and whether chance alone explains it. */
export interface Comparison {
  readonly base: ComparedResult
  readonly new: ComparedResult
  /** What differs between the results besides the agents: then no difference is the agents' alone. Empty for the same conditions. */
  readonly conditions: readonly ConditionChange[]
  /** Probability of one false alarm in the whole comparison, at most; 0..1. */
  readonly alpha: number
  /** `nothing_compared`: no case has counted runs in both results. */
  readonly verdict: 'regressed' | 'no_regression' | 'nothing_compared'
  /** How many tests the correction counts: those that could have been significant. */
  readonly tests: number
  /** Cases of both results, in the order of the new one. */
  readonly cases: readonly CaseComparison[]
  readonly entries: readonly EntryComparison[]
  /** Cases with so few runs that even a change from always passing to always failing would be unclear. */
  readonly tooFewRuns: readonly CaseKey[]
  /** Cases of the new result only. */
  readonly added: readonly CaseKey[]
  /** Cases of the base only. */
  readonly gone: readonly CaseKey[]
  /** Cases that both passed and failed, over the repeats or the attempts of one result. */
  readonly flaky: readonly FlakyCase[]
}

export interface ComparedResult {
  readonly result: ResultId
  /** Folder of the result, as a user types it. */
  readonly place: string
  readonly suite: string
  readonly startedAt: string
  /** Its agents with their versions and digests, in one line. */
  readonly agents: string
  readonly rescoredFrom?: ResultId
  /** Why its runs are not all that the suite asks for; absent if they are. */
  readonly limits?: readonly Limit[]
}

/** A comparison with the conversations that show what it found. */
export interface ShownComparison {
  readonly comparison: Comparison
  /** Of cases that got better or worse or changed, what got worse first. */
  readonly pairs: readonly ComparedPair[]
}

/** One run of a case before, and one after; absent if there is none. */
export interface ComparedPair {
  readonly key: CaseKey
  readonly base?: ComparedRun
  readonly new?: ComparedRun
}

export interface ComparedRun {
  readonly run: RunKey
  readonly outcome: Outcome
  /** How pieces of an answer are read together. */
  readonly join: Join
}

/** A condition of two results that is not the same in both: digests of suite and thresholds, the others in a few words. */
export interface ConditionChange {
  readonly what: 'suite' | 'thresholds' | 'judge' | 'caller' | 'speech' | 'seed' | 'environment' | 'callsheet'
  readonly base: string
  readonly new: string
}

export interface CaseComparison {
  readonly key: CaseKey
  readonly base: PassCounts
  readonly new: PassCounts
  /** By Fisher's exact test. Absent if one of the results has no counted run. */
  readonly passRate?: DifferenceFinding
  readonly metrics: readonly MetricComparison[]
  readonly choices: readonly ChoiceComparison[]
}

/** Passed runs among the counted ones: passed, failed and agent_error. */
export interface PassCounts {
  readonly passed: number
  readonly counted: number
  /** All other runs: infra_error, caller_invalid, unscored, not_run. */
  readonly untold: number
}

export interface EntryComparison {
  /** The entry's slug, as in keys. */
  readonly entry: string
  /**
   * The cases of both results with too few runs to be tested one by one, tested together by a permutation test. Absent if
   * there are none.
   */
  readonly others?: { readonly cases: number; readonly base: PassCounts; readonly new: PassCounts; readonly passRate: DifferenceFinding }
  /** Over all cases of both results, if two or more have values. */
  readonly metrics: readonly MetricComparison[]
  readonly choices: readonly ChoiceComparison[]
}

/** A metric's mean over runs that passed or failed. For a binary metric, true is 1 and false 0. */
export interface MetricComparison {
  readonly metric: string
  readonly base: MetricMean
  readonly new: MetricMean
  /** Mean of the new result minus that of the base. Each case weighs as many as its runs in both results. */
  readonly difference: number
  /**
   * Confidence interval of the difference at 1 - alpha, not corrected for the number of tests. Absent if there are too few
   * runs.
   */
  readonly interval?: { readonly lower: number; readonly upper: number }
  readonly finding: DifferenceFinding
}

/** How often each value of an enum came up, over runs that passed or failed. Values are sorted alphabetically. */
export interface ChoiceComparison {
  readonly metric: string
  readonly base: Readonly<Record<string, number>>
  readonly new: Readonly<Record<string, number>>
  /** By a permutation test of the distribution; never `better` or `worse`. */
  readonly finding: DifferenceFinding
}

export interface MetricMean {
  readonly runs: number
  readonly mean: number
}

export interface DifferenceFinding {
  /** Probability of a difference at least this large if nothing had changed, two-sided. */
  readonly p: number
  /** `p`, corrected for the number of tests (Holm). */
  readonly corrected: number
  /** `changed`: significant, but neither direction is known to be better. `unclear`: chance alone explains it. */
  readonly verdict: 'better' | 'worse' | 'changed' | 'unclear'
}

export interface FlakyCase {
  readonly key: CaseKey
  readonly base?: PassCounts
  readonly new?: PassCounts
}
