import type { Assertion } from '../../../domain/assertion.js'
import { textsOfAssertion, unfilledIn } from '../../../domain/fill-in-checks.js'
import type { Finding } from './finding.js'

/** Why a text with a placeholder in it decides nothing. @param name  As it is written: `{{test_profile.x}}`. */
export function hasNoValue(name: string): string {
  return `${name} has no value`
}

/** A finding about an assertion in which a placeholder is left; `undefined` if none is. */
export function unfilled(assertion: Assertion): Finding | undefined {
  const left = unfilledIn(textsOfAssertion(assertion))
  return left === undefined ? undefined : { holds: 'unknown', saw: () => hasNoValue(left) }
}
