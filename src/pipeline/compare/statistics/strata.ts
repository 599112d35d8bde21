import { mean } from '../../../domain/statistics.js'

/** Values of the same kind of run, in both results: runs are only compared with their like. At least one on each side. */
export interface Stratum {
  readonly base: readonly number[]
  readonly next: readonly number[]
}

/**
 * The difference of means, next minus base: that of each stratum, weighted by its number of values on both sides (direct
 * standardisation). So a result with more runs of a slow case does not look slower.
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
