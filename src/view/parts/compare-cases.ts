import { fisherExact, type Passed } from '../../pipeline/compare/statistics/fisher.js'
import { correctByHolm } from '../../pipeline/compare/statistics/holm.js'
import type { CaseSummary } from '../../domain/event.js'
import { countsAgainstAgent } from '../../domain/outcome.js'
import { underSlug } from '../../domain/request-slug.js'
import type { Rows } from '../model/rows.js'
import type { ViewIndex } from '../model/view-index.js'

/** The part of a result that is compared. */
export interface ComparedSide {
  readonly index: ViewIndex
  readonly rows: Rows
}

/** A case of both results. */
export interface ComparedCase {
  readonly key: string
  readonly base: Passed
  readonly next: Passed
  /** The probability of such a difference by chance, corrected for the number of cases. */
  readonly corrected: number
  readonly verdict: 'worse' | 'better' | 'unclear'
  /** A run of each that shows the difference: its index. */
  readonly examples: readonly [base: number, next: number]
}

/** Compares the pass rates of all cases of both results: by Fisher's exact test, corrected by Holm's. What moved comes first. */
export function compareCases(base: ComparedSide, next: ComparedSide, alpha: number): ComparedCase[] {
  const before = casesOf(base, next)
  const pairs = [...casesOf(next, next)].flatMap(([key, now]) => {
    const earlier = before.get(key)
    const [a, b] = [earlier && passedOf(earlier, base.rows), passedOf(now, next.rows)]
    return earlier && a && a.counted > 0 && b.counted > 0 ? [{ key, earlier, now, a, b }] : []
  })
  const { corrected } = correctByHolm(
    pairs.map(({ a, b }) => fisherExact(a, b)),
    alpha,
  )
  return pairs
    .map(({ key, earlier, now, a, b }, i): ComparedCase => {
      const isUp = b.passed * a.counted > a.passed * b.counted
      return {
        key,
        base: a,
        next: b,
        corrected: corrected[i]!,
        verdict: corrected[i]! > alpha ? 'unclear' : isUp ? 'better' : 'worse',
        examples: [exampleOf(earlier, base.rows, !isUp), exampleOf(now, next.rows, isUp)],
      }
    })
    .filter(({ base: a, next: b }) => a.passed * b.counted !== b.passed * a.counted)
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
}

const order = ['worse', 'better', 'unclear']

/** By the keys that the other result would have for them. */
export function casesOf({ index: { started, slug } }: ComparedSide, { index: other }: ComparedSide): ReadonlyMap<string, CaseSummary> {
  return new Map(started.plan.entries.flatMap(({ cases }) => cases.map(each => [underSlug(each.key, slug, other.slug), each])))
}

/** For a case that runs until it is decided, only the runs that take place in any event. */
function passedOf({ firstRun, repeats, untilDecided }: CaseSummary, rows: Rows): Passed {
  let [passed, counted] = [0, 0]
  for (let i = 0; i < Math.min(untilDecided?.min ?? repeats, repeats); i += 1) {
    const status = rows.statusAt(firstRun + i)
    if (status === 'passed') passed += 1
    if (status === 'passed' || countsAgainstAgent(status)) counted += 1
  }
  return { passed, counted }
}

/** The first run that passed, or that did not; else the first. */
function exampleOf({ firstRun, repeats }: CaseSummary, rows: Rows, isPassed: boolean): number {
  for (let i = firstRun; i < firstRun + repeats; i += 1) if ((rows.statusAt(i) === 'passed') === isPassed) return i
  return firstRun
}
