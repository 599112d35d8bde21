import { isWithin, type Assertion, type Statistic } from '../../../domain/assertion.js'
import { reduceTo } from '../../../domain/statistics.js'
import type { MetricScore } from '../../../domain/verdict.js'
import { inline } from '../wording.js'
import { finding, type Finding } from './finding.js'

type MetricAssertion = Extract<Assertion, { kind: 'metric' }>

/**
 * Whether a metric's value is within bounds, or is what it should be; unknown where it could not be scored. True counts
 * as 1 and false as 0; a text has no bounds, so what it asks of one is unknown.
 */
export function checkMetric(asked: MetricAssertion, score: MetricScore | undefined): Finding {
  const { name, statistic, bounds, equals } = asked
  const value = score ? figureOf(score, statistic) : null
  if (value === null) {
    const because = score?.because ?? 'there is no such metric'
    return { holds: 'unknown', saw: () => `${name} could not be scored: ${because}` }
  }
  const isBounded = (bounds.min ?? bounds.max) !== undefined
  if (isBounded && typeof value === 'string') {
    return { holds: 'unknown', saw: () => `${name} was ${inline(value)}, which is not a number` }
  }
  const holds = (!isBounded || isWithin(Number(value), bounds)) && (equals === undefined || value === equals)
  const found = finding(holds, () => `it was ${inline(value)}${explained(score)}`, score?.turn)
  return score?.explanation === undefined ? found : { ...found, judged: true }
}

/** What the judge says of it, where one was asked. */
function explained(score: MetricScore | undefined): string {
  const votes = new Set(score?.votes).size > 1 ? ` (votes: ${score?.votes?.map(inline).join(', ')})` : ''
  return score?.explanation === undefined ? votes : `${votes}: ${score.explanation}`
}

/** One value is every statistic of itself. */
function figureOf({ value, samples }: MetricScore, statistic: Statistic | undefined): MetricScore['value'] {
  return statistic && samples ? reduceTo(statistic, Float64Array.from(samples).toSorted()) : value
}
