import type { Statistic } from './assertion.js'

/**
 * The arithmetic mean.
 *
 * @param values  At least one.
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += values[i]!
  return sum / values.length
}

/**
 * The nearest-rank percentile: the smallest value that at least `p` % of the values do not exceed. It is always one of
 * the values. (Hyndman & Fan, "Sample quantiles in statistical packages", The American Statistician 50, 1996: type 1.)
 *
 * @param sorted  At least one value, ascending.
 * @param p  0 < p <= 100.
 */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  return sorted[Math.ceil((p * sorted.length) / 100) - 1]!
}

/**
 * Reduces many values to one.
 *
 * @param sorted  At least one value, ascending, so that the same values give the same mean to the last bit.
 */
export function reduceTo(statistic: Statistic, sorted: ArrayLike<number>): number {
  switch (statistic) {
    case 'mean':
      return mean(sorted)
    case 'min':
      return sorted[0]!
    case 'max':
      return sorted[sorted.length - 1]!
    default:
      return percentile(sorted, Number(statistic.slice(1)))
  }
}

/**
 * The Wilson score interval of a share, without continuity correction. (Wilson, "Probable inference, the law of
 * succession, and statistical inference", Journal of the American Statistical Association 22, 1927.)
 *
 * @param counted  At least 1.
 * @param confidence  Two-sided, 0..1 exclusive.
 * @returns Both ends, 0..1.
 */
export function wilsonInterval(passed: number, counted: number, confidence: number): { lower: number; upper: number } {
  const z = criticalValue(confidence)
  const share = passed / counted
  const shrink = 1 + z ** 2 / counted
  const centre = (share + z ** 2 / (2 * counted)) / shrink
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / counted + z ** 2 / (4 * counted ** 2))
  return { lower: passed === 0 ? 0 : centre - half, upper: passed === counted ? 1 : centre + half }
}

/**
 * How many standard deviations around the mean cover this share of a normal distribution: 1.96 for 0.95.
 *
 * Newton's method on the distribution's series (Marsaglia, "Evaluating the normal distribution", Journal of Statistical
 * Software 11, 2004). Above the mean the distribution is concave, so the steps come from below and never overshoot.
 */
export function criticalValue(confidence: number): number {
  let z = 0
  for (let step = 0; step < 100; step += 1) {
    const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)
    const next = z + (confidence / 2 - density * marsagliaSum(z)) / density
    if (!(next > z)) break
    z = next
  }
  return z
}

/** z + z^3/3 + z^5/(3 5) + z^7/(3 5 7) ... */
function marsagliaSum(z: number): number {
  let sum = z
  let term = z
  for (let odd = 3; sum + term !== sum || odd === 3; odd += 2) {
    term *= z ** 2 / odd
    sum += term
  }
  return sum
}
