import { isWithin, type Assertion, type Statistic } from '../../../domain/assertion.js'
import { reduceTo } from '../../../domain/statistics.js'
import type { MetricScore } from '../../../domain/verdict.js'
import { inline } from '../wording.js'
import { finding, type Finding } from './finding.js'

type MetricAssertion = Extract<Assertion, { kind: 'metric' }>

/**
 * Checks a metric's value against bounds or an expected value; unknown if it could not be scored. True counts as 1 and false
 * as 0. Bounds on a text are unknown.
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

/** The judge's explanation, if one was asked. */
function explained(score: MetricScore | undefined): string {
  const votes = new Set(score?.votes).size > 1 ? ` (votes: ${score?.votes?.map(inline).join(', ')})` : ''
  return score?.explanation === undefined ? votes : `${votes}: ${score.explanation}`
}

/** A single value is its own statistic. */
function figureOf({ value, samples }: MetricScore, statistic: Statistic | undefined): MetricScore['value'] {
  return statistic && samples ? reduceTo(statistic, Float64Array.from(samples).toSorted()) : value
}
