import type { Finding } from '../../domain/comparison.js'
import type { Random } from '../../ports/clock.js'
import type { Direction } from './direction.js'
import { fisherExact, type Significance } from './statistics/fisher.js'
import { correctByHolm } from './statistics/holm.js'
import { isBinary, leastPermutationP, passesIn, permutationP } from './statistics/permutation.js'
import { meanDifference, type Stratum } from './statistics/strata.js'

/** A difference that is tested, and the strata that show it. */
export interface Tested {
  readonly strata: readonly Stratum[]
  readonly direction: Direction | undefined
}

/** What tests came to, once all are known. */
export type Findings = ReadonlyMap<Tested, Finding>

/** All tests of a comparison: what each is corrected for is how many there are. */
export interface TestFamily {
  readonly alpha: number
  readonly random: Random
  add(strata: readonly Stratum[], direction: Direction | undefined): Tested
  /** Tests, once all are known. `count`: those that could have come out either way. */
  conclude(): { readonly findings: Findings; readonly count: number }
}

export function createFamily(alpha: number, random: Random): TestFamily {
  const tested: Tested[] = []
  return {
    alpha,
    random,
    add(strata, direction) {
      const one = { strata, direction }
      tested.push(one)
      return one
    },
    conclude() {
      const least = tested.map(({ strata }) => leastPermutationP(strata))
      const family = least.filter(p => p <= alpha).length
      // The least p of so many shuffles is a quarter of what the correction asks for at its strictest.
      const shuffles = Math.max(9999, Math.ceil((4 * family) / alpha))
      const significances = tested.map(({ strata }) => test(strata, shuffles, random))
      const { corrected, tests: count } = correctByHolm(significances, alpha)
      const findings = tested.map((one, i) => {
        const p = significances[i]?.p ?? 1
        const own = corrected[i] ?? 1
        return [one, { p, corrected: own, verdict: own <= alpha ? wordFor(one) : 'unclear' } satisfies Finding] as const
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

function wordFor({ strata, direction }: Tested): Finding['verdict'] {
  if (!direction) return 'changed'
  return meanDifference(strata) > 0 === (direction === 'up') ? 'better' : 'worse'
}
