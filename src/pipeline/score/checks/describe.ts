import { wordBounds, type Assertion } from '../../../domain/assertion.js'
import { leavesOf } from '../../../domain/assertion-leaves.js'
import { asGiven } from '../../../domain/filled-value.js'
import type { TextMatcher } from '../../../domain/text-matcher.js'
import { unreachable } from '../../../domain/unreachable.js'
import type { Wording } from '../wording.js'

/** An assertion in one line, as a person would say it. */
export function describe(assertion: Assertion, wording: Wording): string {
  const { inline } = wording
  switch (assertion.kind) {
    case 'agent_says':
      return `agent says ${matching(assertion.matcher, wording)}`
    case 'caller_says':
      return `caller says ${matching(assertion.matcher, wording)}`
    case 'tool_called': {
      const { name, arguments: args, times, after } = assertion.call
      const often = times && (times.min === 1 && times.max === 1 ? 'exactly once' : `${wordBounds(times)} times`)
      return join(' ', `tool_called ${name}`, args && inline(asGiven(args)), often, after !== undefined && `after ${after}`)
    }
    case 'metadata': {
      const { pointer, exists, matcher } = assertion
      const there = exists !== undefined && (exists ? 'exists' : 'does not exist')
      const equal = 'equals' in assertion && `equals ${inline(asGiven(assertion.equals))}`
      return `metadata ${pointer || '(all of it)'} ${join(' and ', there, equal, matcher && matching(matcher, wording))}`
    }
    case 'ended_by':
      return `ended by ${assertion.by}`
    case 'cut_off':
      return `cut off: ${assertion.by}`
    case 'turns':
      return `turns ${wordBounds(assertion.bounds)}`
    case 'duration': {
      const { min, max } = assertion.boundsMs
      const boundsS = { ...(min !== undefined && { min: min / 1000 }), ...(max !== undefined && { max: max / 1000 }) }
      return `duration ${wordBounds(boundsS, 's')}`
    }
    case 'metric': {
      const { name, statistic, bounds, equals } = assertion
      const within = (bounds.min ?? bounds.max) !== undefined && wordBounds(bounds)
      return join(' ', `metric ${name}`, statistic, within, equals !== undefined && `is ${inline(equals)}`)
    }
    case 'not':
      return `not ${describe(assertion.assertion, wording)}`
    case 'all':
    case 'any':
      return `${assertion.kind} of (${assertion.assertions.map(each => describe(each, wording)).join('; ')})`
    default:
      return unreachable(assertion)
  }
}

/** Keys of the metrics that an assertion names. */
export function metricsIn(assertion: Assertion): string[] {
  return leavesOf(assertion).flatMap(({ assertion: leaf }) => (leaf.kind === 'metric' ? [leaf.name] : []))
}

function matching({ contains, matches, equals, oneOf }: TextMatcher, { quote }: Wording): string {
  return join(
    ' and ',
    contains !== undefined && `contains ${quote(contains)}`,
    matches !== undefined && `matches /${matches}/`,
    equals !== undefined && `equals ${quote(equals)}`,
    oneOf && `is one of ${oneOf.map(quote).join(', ')}`,
  )
}

/** Joins what there is. */
function join(separator: string, ...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(separator)
}
