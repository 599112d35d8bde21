import type { DifferenceFinding } from '../../domain/comparison.js'
import type { Random } from '../../ports/clock.js'
import type { Direction } from './direction.js'
import { compareChoices, leastChoicesP, type ChoiceStratum } from './statistics/choices.js'
import { fisherExact, type Significance } from './statistics/fisher.js'
import { correctByHolm } from './statistics/holm.js'
import { isBinary, leastPermutationP, passesIn, permutationP } from './statistics/permutation.js'
import { meanDifference, type Stratum } from './statistics/strata.js'

/** A tested difference, and the strata that show it. */
export type Tested =
  | { readonly strata: readonly Stratum[]; readonly direction: Direction | undefined }
  /** For an enum: none of its values is better than another. */
  | { readonly choices: readonly ChoiceStratum[] }

/** The findings of all tests. */
export type Findings = ReadonlyMap<Tested, DifferenceFinding>

/** All tests of a comparison. Each is corrected for their number. */
export interface TestFamily {
  readonly alpha: number
  readonly random: Random
  add(strata: readonly Stratum[], direction: Direction | undefined): Tested
  addChoices(choices: readonly ChoiceStratum[]): Tested
  /** Runs the tests, once all are known. `count`: how many could have been significant. */
  conclude(): { readonly findings: Findings; readonly count: number }
}

export function createFamily(alpha: number, random: Random): TestFamily {
  const tested: Tested[] = []
  const added = (one: Tested): Tested => {
    tested.push(one)
    return one
  }
  return {
    alpha,
    random,
    add: (strata, direction) => added({ strata, direction }),
    addChoices: choices => added({ choices }),
    conclude() {
      const least = tested.map(one => ('choices' in one ? leastChoicesP(one.choices) : leastPermutationP(one.strata)))
      const family = least.filter(p => p <= alpha).length
      // With this many shuffles, the least p is a quarter of the strictest corrected level.
      const shuffles = Math.max(9999, Math.ceil((4 * family) / alpha))
      const significances = tested.map(one =>
        'choices' in one ? compareChoices(one.choices, shuffles, random) : test(one.strata, shuffles, random),
      )
      const { corrected, tests: count } = correctByHolm(significances, alpha)
      const findings = tested.map((one, i) => {
        const p = significances[i]?.p ?? 1
        const own = corrected[i] ?? 1
        return [one, { p, corrected: own, verdict: own <= alpha ? wordFor(one) : 'unclear' } satisfies DifferenceFinding] as const
      })
      return { findings: new Map(findings), count }
    },
  }
}

function test(strata: readonly Stratum[], shuffles: number, random: Random): Significance {
  const [only, ...others] = strata
  if (only && others.length === 0 && isBinary(only)) return fisherExact(passesIn(only.base), passesIn(only.next))
  const least = leastPermutationP(strata)
  return { p: least === 1 ? 1 : permutationP(strata, shuffles, random), least }
}

function wordFor(one: Tested): DifferenceFinding['verdict'] {
  if ('choices' in one || !one.direction) return 'changed'
  return meanDifference(one.strata) > 0 === (one.direction === 'up') ? 'better' : 'worse'
}
