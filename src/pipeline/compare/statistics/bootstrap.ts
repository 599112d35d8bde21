import { mean, percentile } from '../../../domain/statistics.js'
import type { Random } from '../../../ports/clock.js'
import { meanDifference, sizeOf, type Stratum } from './strata.js'

const resamples = 2000
/** Limit of values drawn for one interval; larger samples get fewer resamples. */
const mostDraws = 2e7

/**
 * The bootstrap percentile interval of a difference of means. Each resample draws each side of each stratum again from its
 * own values, with replacement. (Efron & Tibshirani, "An introduction to the bootstrap", 1993, chapters 8 and 13.) Each
 * value is first moved away from its mean by sqrt(n / (n - 1)), because the spread of n values is that much smaller than the
 * spread of their source (Davison & Hinkley, "Bootstrap methods and their application", 1997, section 2.3 and 3.2).
 *
 * If a side has only one value, its spread is unknown. Then the strata themselves are resampled, each with its difference,
 * if there are two or more.
 *
 * @param confidence  0..1 exclusive.
 * @returns `undefined` if there are too few values for either.
 */
export function bootstrapInterval(
  strata: readonly Stratum[],
  confidence: number,
  random: Random,
): { lower: number; upper: number } | undefined {
  const draw = strata.every(({ base, next }) => base.length > 1 && next.length > 1) ? drawValues(strata) : drawStrata(strata)
  if (!draw) return undefined
  const draws = strata.reduce((sum, stratum) => sum + sizeOf(stratum), 0)
  const times = Math.min(resamples, Math.max(200, Math.floor(mostDraws / draws)))
  const differences = Float64Array.from({ length: times }, () => draw(random)).toSorted()
  const tail = (100 * (1 - confidence)) / 2
  return { lower: percentile(differences, tail), upper: percentile(differences, 100 - tail) }
}

type Draw = (random: Random) => number

function drawValues(strata: readonly Stratum[]): Draw {
  const total = strata.reduce((sum, stratum) => sum + sizeOf(stratum), 0)
  const sides = strata.map(stratum => ({
    weight: sizeOf(stratum) / total,
    base: spreadOut(stratum.base),
    next: spreadOut(stratum.next),
  }))
  return random => sides.reduce((sum, { weight, base, next }) => sum + weight * (meanOfDraw(next, random) - meanOfDraw(base, random)), 0)
}

function drawStrata(strata: readonly Stratum[]): Draw | undefined {
  if (strata.length < 2) return undefined
  const total = strata.reduce((sum, stratum) => sum + sizeOf(stratum), 0)
  const share = 1 / strata.length
  const parts = strata.map(stratum => (sizeOf(stratum) / total / share) * meanDifference([stratum]))
  const spread = spreadOut(parts)
  return random => meanOfDraw(spread, random)
}

function spreadOut(values: readonly number[]): Float64Array {
  const centre = mean(values)
  const factor = Math.sqrt(values.length / (values.length - 1))
  return Float64Array.from(values, value => centre + factor * (value - centre))
}

function meanOfDraw(values: Float64Array, random: Random): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += values[Math.floor(random() * values.length)]!
  return sum / values.length
}
