import type { Assertion, Bounds } from '../../../domain/assertion.js'
import type { Scenario } from '../../../domain/document.js'
import type { Metric } from '../../../domain/metric.js'
import type { TextMatcher } from '../../../domain/text-matcher.js'
import type { Context } from '../context.js'
import type { Register } from './references.js'

/** The facts needed to know what can fail. */
export interface Surroundings {
  readonly scenario: Scenario
  readonly metrics: Register<Metric>
  readonly tryPattern: Context['tryPattern']
}

/** Whether any behaviour of the agent could fail the assertion: nothing can fail `turns: { min: 0 }`. */
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
      // Values from the agent's metadata, or from an author's own question, may be negative; built-in metrics are not.
      return metric.source.kind !== 'builtin' || canLieOutside(assertion.bounds)
    }
    case 'not':
      // A conversation that is cut off against expectation is an agent error in any case.
      return assertion.assertion.kind !== 'cut_off'
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
    return false // Not a valid pattern, which is reported at its place.
  }
}

/** The caller's words say something about the agent only if a step waits for words of the agent. */
function waitsForWords({ behaviour }: Scenario): boolean {
  return behaviour.kind !== 'script' || behaviour.script.steps.some(({ trigger }) => trigger.kind === 'when')
}

/** For values that are always 0 to 100. Without bounds, the assertion may check something else. */
export function canRateOutside({ min, max }: Bounds): boolean {
  return (min === undefined && max === undefined) || (min ?? 0) > 0 || (max ?? 100) < 100
}

/** For values that are never negative. Missing bounds are reported at their place. */
function canLieOutside({ min, max }: Bounds): boolean {
  return max !== undefined || min === undefined || min > 0
}
