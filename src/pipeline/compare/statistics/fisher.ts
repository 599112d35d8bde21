/** The p of a test, and the smallest p that it could have had. */
export interface Significance {
  /** Two-sided probability of a result at least as extreme if nothing had changed. */
  readonly p: number
  /** The smallest p of any result with the same totals. */
  readonly least: number
}

/** Two probabilities count as equal up to this factor, which covers rounding. */
const leeway = 1 + 1e-7

/**
 * Fisher's exact test of whether two shares differ: the sum of the probabilities of all 2 x 2 tables with the same totals
 * that are no likelier than the observed one. (Fisher, "Statistical methods for research workers", 5th edition, 1934,
 * section 21.02; two-sided by the principle of minimum likelihood, as in R's `fisher.test`.)
 *
 * @param base  How many of `counted` passed, as in `next`. Whole numbers, 0 <= passed <= counted.
 */
export function fisherExact(base: Passed, next: Passed): Significance {
  const { likelihoods, lowest } = tablesLike(base, next)
  const observed = likelihoods[base.passed - lowest]!
  const rarest = rarestOf(likelihoods)
  let [p, least] = [0, 0]
  for (const likelihood of likelihoods) {
    if (likelihood <= observed * leeway) p += likelihood
    if (likelihood <= rarest * leeway) least += likelihood
  }
  return { p: Math.min(1, p), least: Math.min(1, least) }
}

/** The probability of the rarest table with the same totals. */
export function rarestTable(base: Passed, next: Passed): number {
  return rarestOf(tablesLike(base, next).likelihoods)
}

export interface Passed {
  readonly passed: number
  readonly counted: number
}

/** The probability of each table with the same totals, by how many passed in the base, from the lowest possible number. */
function tablesLike(base: Passed, next: Passed): { likelihoods: number[]; lowest: number } {
  const passed = base.passed + next.passed
  const lowest = Math.max(0, passed - next.counted)
  const highest = Math.min(base.counted, passed)
  // Hypergeometric, by the ratio of neighbours; in logarithms, because the ends may underflow.
  const logs = [0]
  for (let k = lowest; k < highest; k += 1) {
    const ratio = ((base.counted - k) * (passed - k)) / ((k + 1) * (next.counted - passed + k + 1))
    logs.push(logs.at(-1)! + Math.log(ratio))
  }
  const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity)
  const weights = logs.map(log => Math.exp(log - largest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return { likelihoods: weights.map(weight => weight / total), lowest }
}

/** Likelihoods rise to one peak and fall again, so the rarest is at an end. */
function rarestOf(likelihoods: readonly number[]): number {
  return Math.min(likelihoods[0]!, likelihoods.at(-1)!)
}
