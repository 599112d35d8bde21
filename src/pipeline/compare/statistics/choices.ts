import type { Random } from '../../../ports/clock.js'
import { fisherExact, type Significance } from './fisher.js'
import { logChoose, shareOfExtremes } from './permutation.js'

/** Values of an enum in the same kind of run, in both results. At least one on each side. */
export interface ChoiceStratum {
  readonly base: readonly string[]
  readonly next: readonly string[]
}

/**
 * Whether the values of an enum are distributed differently. A permutation test within strata, of the chi-squared distance
 * between how often each value came up in the base and how often it would if nothing had changed. (Pearson, Philosophical
 * Magazine 50, 1900, for the distance; Fisher, "The design of experiments", 1935, section 21, for the test.) For a single
 * stratum with two values, Fisher's exact test.
 *
 * @param shuffles  Maximum number.
 */
export function compareChoices(strata: readonly ChoiceStratum[], shuffles: number, random: Random): Significance {
  const names = [...new Set(strata.flatMap(({ base, next }) => [...base, ...next]))].toSorted()
  const [only, ...others] = strata
  if (names.length < 2) return { p: 1, least: 1 }
  if (only && others.length === 0 && names.length === 2) {
    const of = (side: readonly string[]) => ({ passed: side.filter(value => value === names[0]).length, counted: side.length })
    return fisherExact(of(only.base), of(only.next))
  }
  const least = leastChoicesP(strata)
  const pools = strata.map(({ base, next }) => ({
    values: Int32Array.from([...base, ...next], value => names.indexOf(value)),
    drawn: base.length,
  }))
  const expected = names.map((_, place) =>
    pools.reduce((sum, { values, drawn }) => sum + (drawn * values.filter(value => value === place).length) / values.length, 0),
  )
  const counts = new Int32Array(names.length)
  const distance = (): number => {
    counts.fill(0)
    for (const { values, drawn } of pools) for (let i = 0; i < drawn; i += 1) counts[values[i]!]! += 1
    return expected.reduce((sum, many, place) => sum + (counts[place]! - many) ** 2 / many, 0)
  }
  // Allows for rounding: sums in another order differ in their last bits.
  const observed = distance() * (1 - 1e-12)
  const draws = pools.reduce((sum, { drawn }) => sum + drawn, 0)
  const p = shareOfExtremes(shuffles, draws, () => {
    for (const { values, drawn } of pools) deal(values, drawn, random)
    return distance() >= observed
  })
  return { p, least }
}

/** A lower bound of the test's p; 1 if no stratum has two different values. */
export function leastChoicesP(strata: readonly ChoiceStratum[]): number {
  const mixed = strata.filter(({ base, next }) => new Set([...base, ...next]).size > 1)
  return mixed.length === 0
    ? 1
    : Math.exp(-mixed.reduce((sum, { base, next }) => sum + logChoose(base.length + next.length, base.length), 0))
}

/** Redraws the first `drawn` values: the first steps of a Fisher-Yates shuffle. */
function deal(values: Int32Array, drawn: number, random: Random): void {
  for (let i = 0; i < drawn; i += 1) {
    const other = i + Math.floor(random() * (values.length - i))
    const value = values[other]!
    values[other] = values[i]!
    values[i] = value
  }
}
