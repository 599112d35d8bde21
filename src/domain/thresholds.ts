import type { Bounds, Statistic } from './assertion.js'

/** The share of runs that must pass, 0..1. With a confidence, the lower Wilson bound must reach it. */
export interface PassRate {
  readonly min: number
  /** Two-sided, 0..1 exclusive. */
  readonly confidence?: number
}

/** A pass rate, and the confidence that it must be shown with. */
export type Certainty = Required<PassRate>

/** How long a case repeats: until all of its bars are met, or one is not. */
export interface UntilDecided {
  /** Minimum of counted runs. */
  readonly min: number
  /** At least one. */
  readonly bars: readonly Bar[]
}

/** A rule about how often a case passes, and where the suite states it. */
export interface Bar extends Certainty {
  readonly of: 'suite' | 'entry' | 'scenario'
  readonly rule: 'each_scenario' | 'pass_rate'
}

/** The thresholds of a suite, a run entry or a scenario. What is absent is not required. */
export interface Thresholds {
  readonly passRate?: PassRate
  /** For every scenario x personality x test profile separately. */
  readonly eachScenario?: PassRate
  /** pass^k: every case has at least k counted repeats, and none of them failed. */
  readonly allOf?: number
  /** 0..1. Default: 1, for the suite. */
  readonly coverage?: number
  readonly metrics: readonly MetricThreshold[]
  /** For the suite only: nothing may be worse than in another result. */
  readonly noRegression?: NoRegression
  /** For the suite only: the exit code is 0 if the gate passes with the waivers. */
  readonly waivers?: 'allow'
  readonly mustPass?: { readonly tags: readonly string[]; readonly scenarios: readonly string[] }
}

/** A comparison with another result that must find no regression. */
export interface NoRegression {
  /** Folder of the other result, as a user types it; absent if only the command line can name it. */
  readonly baseline?: string
  /** Probability of one false alarm in the whole comparison, at most; 0..1 exclusive. */
  readonly alpha: number
}

/** Bounds on one statistic of a metric over all runs. */
export interface MetricThreshold {
  readonly metric: string
  readonly statistic: Statistic
  readonly bounds: Bounds
}
