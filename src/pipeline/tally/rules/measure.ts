import type { GateMeasure } from '../../../domain/report.js'
import { wilsonInterval } from '../../../domain/statistics.js'
import type { PassRate } from '../../../domain/thresholds.js'

/** Confidence of an interval that no rule asks for. */
const usualConfidence = 0.95

/** A share that is required as it is. */
export function shareMeasure(k: number, n: number): GateMeasure {
  return n === 0 ? { k, n } : { value: k / n, k, n }
}

/** A pass rate. With a confidence, the lower end of its interval decides. @param n  At least 1. */
export function rateMeasure({ confidence }: PassRate, k: number, n: number): GateMeasure {
  const { lower, upper } = wilsonInterval(k, n, confidence ?? usualConfidence)
  return { value: confidence === undefined ? k / n : lower, k, n, lower, upper, ...(confidence !== undefined && { confidence }) }
}
