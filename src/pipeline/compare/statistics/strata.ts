import { mean } from '../../../domain/statistics.js'

/** Values of the same kind of run, in both results: runs are compared with their like only. At least one on each side. */
export interface Stratum {
  readonly base: readonly number[]
  readonly next: readonly number[]
}

/**
 * The difference of means, next less base: that of each stratum, weighted by how many values it has on both sides (direct
 * standardisation). A result that holds more runs of a slow case is not slower for that.
 *
 * @param strata  At least one.
 */
export function meanDifference(strata: readonly Stratum[]): number {
  const total = strata.reduce((sum, stratum) => sum + sizeOf(stratum), 0)
  return strata.reduce((sum, each) => sum + (sizeOf(each) / total) * (mean(each.next) - mean(each.base)), 0)
}

export function sizeOf({ base, next }: Stratum): number {
  return base.length + next.length
}
