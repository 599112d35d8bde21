import type { Bounds, Statistic } from './assertion.js'

/** A share of runs that must pass, 0..1; with a confidence, the lower Wilson bound must reach it. */
export interface PassRate {
  readonly min: number
  /** Two-sided, 0..1 exclusive. */
  readonly confidence?: number
}

/** A pass rate, and how sure one must be of it. */
export type Certainty = Required<PassRate>

/** Until when a case is repeated: all of its bars are met, or one of them is not. */
export interface UntilDecided {
  /** Counted runs that it takes at the least. */
  readonly min: number
  /** At least one. */
  readonly bars: readonly Bar[]
}

/** A rule about how often a case passes, and where it stands. */
export interface Bar extends Certainty {
  readonly of: 'suite' | 'entry' | 'scenario'
  readonly rule: 'each_scenario' | 'pass_rate'
}

/** The bar to clear, of a suite, a run entry or a scenario. What is left out is not asked. */
export interface Thresholds {
  readonly passRate?: PassRate
  /** Of every scenario x personality x test profile on its own. */
  readonly eachScenario?: PassRate
  /** pass^k: every case has at least k counted repeats, and none of them failed. */
  readonly allOf?: number
  /** 0..1; where it is left out, 1. */
  readonly coverage?: number
  readonly metrics: readonly MetricThreshold[]
  /** Of the suite only: nothing has got worse since another result. */
  readonly noRegression?: NoRegression
  readonly mustPass?: { readonly tags: readonly string[]; readonly scenarios: readonly string[] }
}

/** A comparison with another result that must find nothing worse. */
export interface NoRegression {
  /** Folder of the other result, as people should type it; absent where only the command line can name it. */
  readonly baseline?: string
  /** How likely one false alarm in the whole comparison may be, 0..1 exclusive. */
  readonly alpha: number
}

/** Bounds on one figure of one metric over all runs. */
export interface MetricThreshold {
  readonly metric: string
  readonly statistic: Statistic
  readonly bounds: Bounds
}
