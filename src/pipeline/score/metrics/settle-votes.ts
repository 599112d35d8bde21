import { isWithin, wordBounds, type Assertion, type Bounds } from '../../../domain/assertion.js'
import { leavesOf } from '../../../domain/assertion-leaves.js'
import type { Thresholds } from '../../../domain/thresholds.js'
import type { MetricScore } from '../../../domain/verdict.js'

/** Withholds the score of a judged number if its votes lie on both sides of a bound: the result would depend on chance. */
export function settleVotes(score: MetricScore, bounds: readonly Bounds[]): MetricScore {
  if (typeof score.value !== 'number' || !score.votes) return score
  const numbers = score.votes.filter(vote => typeof vote === 'number')
  const torn = bounds.find(each => new Set(numbers.map(vote => isWithin(vote, each))).size > 1)
  if (!torn) return score
  return { ...score, value: null, because: `the judge's votes disagree on whether it is ${wordBounds(torn)}: ${numbers.join(', ')}` }
}

/**
 * All bounds on a metric of a run, from its scenario's assertions and from thresholds. A threshold on a statistic over many
 * runs counts like a bound on each of them.
 *
 * @param thresholds  Those of the suite, the run entry and the scenario.
 */
export function boundsOn(metric: string, expect: readonly Assertion[], thresholds: readonly (Thresholds | undefined)[]): Bounds[] {
  const asked = expect.flatMap(assertion => boundsIn(assertion, metric))
  const gates = thresholds.flatMap(each => each?.metrics ?? [])
  return [...asked, ...gates.filter(each => each.metric === metric).map(({ bounds }) => bounds)]
}

function boundsIn(assertion: Assertion, metric: string): Bounds[] {
  return leavesOf(assertion).flatMap(({ assertion: leaf }) => {
    if (leaf.kind !== 'metric' || leaf.name !== metric) return []
    const { bounds, equals } = leaf
    const exactly = typeof equals === 'number' ? [{ min: equals, max: equals }] : []
    return [...((bounds.min ?? bounds.max) === undefined ? [] : [bounds]), ...exactly]
  })
}
