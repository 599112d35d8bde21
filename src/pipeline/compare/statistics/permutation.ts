import { largest } from '../../../domain/largest.js'
import type { Random } from '../../../ports/clock.js'
import { rarestTable, type Passed } from './fisher.js'
import { meanDifference, sizeOf, type Stratum } from './strata.js'

/** After this many shuffles at least as extreme, the test stops: the difference is not significant. */
const enoughExtremes = 50
/** Limit of values drawn in one test; large results get fewer shuffles, down to a quarter. */
const mostDraws = 3e7

/**
 * A two-sided permutation test of whether means differ: how often a difference as large comes about when the values of each
 * stratum are dealt to the two sides at random. (Fisher, "The design of experiments", 1935, section 21.)
 *
 * @param shuffles  Maximum number.
 */
export function permutationP(strata: readonly Stratum[], shuffles: number, random: Random): number {
  const total = strata.reduce((sum, stratum) => sum + sizeOf(stratum), 0)
  const pools = strata.filter(isMixed).map(stratum => poolOf(stratum, total))
  if (pools.length === 0) return 1
  const draws = pools.reduce((sum, { drawn }) => sum + drawn, 0)
  const widest = largest(pools.map(({ values }) => largest(values.map(Math.abs), 0)))
  // Allows for rounding: sums in another order differ in their last bits.
  const observed = Math.abs(meanDifference(strata)) - 1e-12 * widest
  return shareOfExtremes(shuffles, draws, () => {
    let difference = 0
    for (const pool of pools) difference += shuffledDifference(pool, random)
    return Math.abs(difference) >= observed
  })
}

/**
 * The p of a permutation test, estimated from random permutations: (extremes + 1) / (shuffles + 1), which is never too small
 * (Phipson & Smyth, "Permutation p-values should never be zero", Statistical Applications in Genetics and Molecular Biology
 * 9, 2010). After 50 extremes it stops, and p is extremes / shuffles (Besag & Clifford, "Sequential Monte Carlo p-values",
 * Biometrika 78, 1991).
 *
 * @param draws  How many values a shuffle draws.
 * @param isExtreme  Shuffles, and returns whether the result is at least as extreme as the observed one.
 */
export function shareOfExtremes(shuffles: number, draws: number, isExtreme: () => boolean): number {
  const most = Math.min(shuffles, Math.max(Math.ceil(shuffles / 4), Math.floor(mostDraws / draws)))
  let extremes = 0
  for (let done = 1; done <= most; done += 1) {
    if (!isExtreme()) continue
    extremes += 1
    if (extremes === enoughExtremes) return extremes / done
  }
  return (extremes + 1) / (most + 1)
}

/**
 * A lower bound of the test's p: the probability of the rarest way to deal out the values. 1 if every stratum has only one
 * value, so that there is no difference to see.
 */
export function leastPermutationP(strata: readonly Stratum[]): number {
  let log = 0
  for (const stratum of strata) {
    if (!isMixed(stratum)) continue
    const { base, next } = stratum
    log += isBinary(stratum) ? Math.log(rarestTable(passesIn(base), passesIn(next))) : -logChoose(sizeOf(stratum), base.length)
  }
  return Math.exp(log)
}

/** Whether all values are 0 or 1. */
export function isBinary({ base, next }: Stratum): boolean {
  return [base, next].every(side => side.every(value => value === 0 || value === 1))
}

/** For zeros and ones. */
export function passesIn(side: readonly number[]): Passed {
  return { passed: side.reduce((sum, value) => sum + value, 0), counted: side.length }
}

interface Pool {
  readonly values: Float64Array
  readonly sum: number
  /** Size of the smaller side, which is drawn. */
  readonly drawn: number
  readonly sign: 1 | -1
  readonly weight: number
}

function poolOf({ base, next }: Stratum, total: number): Pool {
  const values = Float64Array.from([...base, ...next])
  return {
    values,
    sum: values.reduce((sum, value) => sum + value, 0),
    drawn: Math.min(base.length, next.length),
    sign: next.length <= base.length ? 1 : -1,
    weight: values.length / total,
  }
}

/** Redraws the smaller side (the first steps of a Fisher-Yates shuffle), and returns the resulting difference. */
function shuffledDifference({ values, sum, drawn, sign, weight }: Pool, random: Random): number {
  let own = 0
  for (let i = 0; i < drawn; i += 1) {
    const other = i + Math.floor(random() * (values.length - i))
    const value = values[other]!
    values[other] = values[i]!
    values[i] = value
    own += value
  }
  return weight * sign * (own / drawn - (sum - own) / (values.length - drawn))
}

function isMixed({ base, next }: Stratum): boolean {
  const first = base[0]
  return base.some(value => value !== first) || next.some(value => value !== first)
}

/** Logarithm of the number of ways to draw k of n. */
export function logChoose(n: number, k: number): number {
  let log = 0
  for (let i = 1; i <= Math.min(k, n - k); i += 1) log += Math.log((n - i + 1) / i)
  return log
}
