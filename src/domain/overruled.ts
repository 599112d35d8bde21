import type { RunKey } from './ids.js'
import type { JudgedAnswer, Review } from './review.js'

/** What people say of a run where more of them disagree with the judge than agree. */
export interface Overruled {
  /** By the claim in words. */
  readonly claims: ReadonlyMap<string, boolean>
  /** By the metric's key. */
  readonly metrics: ReadonlyMap<string, JudgedAnswer>
}

/**
 * The answers of the judge that people overrule: more of them disagree with one than agree. What they said counts in its place: the answer that
 * most of them gave, and of numbers the middle one.
 *
 * @param reviews  In the order in which they were made: of several by one person about one answer, the last counts.
 */
export function overruledBy(reviews: readonly Review[]): ReadonlyMap<RunKey, Overruled> {
  const last = new Map(reviews.map(each => [JSON.stringify([each.by, each.run, each.claim, each.metric]), each]))
  const byRun = new Map<RunKey, { claims: Map<string, boolean>; metrics: Map<string, JudgedAnswer> }>()
  for (const about of groupsBy([...last.values()], ({ run, claim, metric }) => JSON.stringify([run, claim, metric]))) {
    const [first] = about
    const said = overruling(about)
    if (!first || said === undefined) continue
    const { run, claim, metric } = first
    const own = byRun.get(run) ?? { claims: new Map(), metrics: new Map() }
    if (metric !== undefined) own.metrics.set(metric, said)
    else if (claim !== undefined && typeof said === 'boolean') own.claims.set(claim, said)
    byRun.set(run, own)
  }
  return byRun
}

/** What people say instead of the judge; `undefined` if its answer stands. */
function overruling(about: readonly Review[]): JudgedAnswer | undefined {
  const others = about.flatMap(({ is, said }) => (is === 'disagree' && said !== undefined ? [said] : []))
  if (others.length <= about.filter(({ is }) => is === 'agree').length) return undefined
  const numbers = others.filter(each => typeof each === 'number').toSorted((a, b) => a - b)
  if (numbers.length === others.length) return numbers[Math.floor((numbers.length - 1) / 2)]
  return groupsBy(others, String).toSorted((a, b) => b.length - a.length)[0]?.[0]
}

function groupsBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups.values()]
}
