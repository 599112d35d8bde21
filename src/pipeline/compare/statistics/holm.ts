import type { Significance } from './fisher.js'

export interface Corrected {
  /** The corrected p of each test, in the given order, to compare with alpha. */
  readonly corrected: readonly number[]
  /** How many tests the correction counted. */
  readonly tests: number
}

/**
 * Corrects for the number of tests, so that the probability of any false alarm among them is at most alpha, however they
 * depend on each other. (Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics
 * 6, 1979.)
 *
 * A test whose least p is above alpha cannot raise an alarm, so it does not count, and its corrected p is 1. The least p
 * depends only on totals, not on their split between the results. (The idea is Tarone's, "A modified Bonferroni method for
 * discrete data", Biometrics 46, 1990, who goes further.)
 */
export function correctByHolm(tests: readonly Significance[], alpha: number): Corrected {
  const family = [...tests.entries()].filter(([, { least }]) => least <= alpha).toSorted(([, a], [, b]) => a.p - b.p)
  const corrected = tests.map(() => 1)
  let largest = 0
  family.forEach(([index, { p }], rank) => {
    largest = Math.max(largest, Math.min(1, p * (family.length - rank)))
    corrected[index] = largest
  })
  return { corrected, tests: family.length }
}
