import type { Assertion, Bounds } from '../../../domain/assertion.js'
import type { Scenario } from '../../../domain/document.js'
import type { Metric } from '../../../domain/metric.js'
import type { TextMatcher } from '../../../domain/text-matcher.js'
import type { Context } from '../context.js'
import type { Register } from './references.js'

/** What it takes to know what could fail. */
export interface Surroundings {
  readonly scenario: Scenario
  readonly metrics: Register<Metric>
  readonly tryPattern: Context['tryPattern']
}

/** Whether anything an agent does could make the assertion fail: `turns: { min: 0 }` holds of every surroundings. */
export function canFail(assertion: Assertion, surroundings: Surroundings): boolean {
  switch (assertion.kind) {
    case 'agent_says':
      return !isInAnyText(assertion.matcher, surroundings.tryPattern)
    case 'caller_says':
      return waitsForWords(surroundings.scenario)
    case 'tool_called':
      return assertion.call.times === undefined || canLieOutside(assertion.call.times)
    case 'turns':
      return canLieOutside(assertion.bounds)
    case 'duration':
      return canLieOutside(assertion.boundsMs)
    case 'metric': {
      const metric = surroundings.metrics.find(assertion.name)?.noun
      if (!metric || assertion.equals !== undefined) return true
      if (metric.type === 'rating') return canRateOutside(assertion.bounds)
      // What the agent's metadata says, or a question of the author's gives, may be below zero; no built-in measure is.
      return metric.source.kind !== 'builtin' || canLieOutside(assertion.bounds)
    }
    case 'all':
    case 'any':
      return assertion.assertions.some(each => canFail(each, surroundings))
    default:
      return true
  }
}

function isInAnyText({ matches, ...others }: TextMatcher, tryPattern: Context['tryPattern']): boolean {
  if (matches === undefined || Object.keys(others).length > 0) return false
  try {
    return tryPattern(matches)
  } catch {
    return false // No pattern at all, which is told at its place.
  }
}

/** What the caller says tells of the agent only where a step waits for words of it. */
function waitsForWords({ behaviour }: Scenario): boolean {
  return behaviour.kind !== 'script' || behaviour.script.steps.some(({ trigger }) => trigger.kind === 'when')
}

/** Of what is always 0 to 100. Without bounds something else may be asked of it. */
export function canRateOutside({ min, max }: Bounds): boolean {
  return (min === undefined && max === undefined) || (min ?? 0) > 0 || (max ?? 100) < 100
}

/** Of what is never below zero. That there are no bounds at all is told at their place. */
function canLieOutside({ min, max }: Bounds): boolean {
  return max !== undefined || min === undefined || min > 0
}
