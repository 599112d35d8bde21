import type { Significance } from './fisher.js'

export interface Corrected {
  /** Of each test, in the order given: to be held against alpha. */
  readonly corrected: readonly number[]
  /** How many tests were corrected for. */
  readonly tests: number
}

/**
 * Corrects for the number of tests, so that the chance of any false alarm among them is at most alpha, however they
 * depend on each other. (Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6, 1979.)
 *
 * A test whose least p is above alpha cannot raise an alarm, so it is not counted. What its least p is depends on totals
 * alone, not on how they are split between the results. (The idea is Tarone's, "A modified Bonferroni method for discrete
 * data", Biometrics 46, 1990, who goes further.) Its corrected p is 1.
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
