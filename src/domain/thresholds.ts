import type { Bounds, Statistic } from './assertion.js'

/** A share of runs that must pass, 0..1; with a confidence, the lower Wilson bound must reach it. */
export interface PassRate {
  readonly min: number
  /** Two-sided, 0..1 exclusive. */
  readonly confidence?: number
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
  readonly mustPass?: { readonly tags: readonly string[]; readonly scenarios: readonly string[] }
}

/** Bounds on one figure of one metric over all runs. */
export interface MetricThreshold {
  readonly metric: string
  readonly statistic: Statistic
  readonly bounds: Bounds
}
