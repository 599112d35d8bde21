import type { Assertion } from '../../../domain/assertion.js'
import { textsOfAssertion, unfilledIn } from '../../../domain/fill-in-checks.js'
import type { Finding } from './finding.js'

/** Why a text with a placeholder in it decides nothing. @param name  As it is written: `{{test_profile.x}}`. */
export function hasNoValue(name: string): string {
  return `${name} has no value`
}

/** A finding about an assertion in which a placeholder is left; `undefined` if none is. */
export function unfilled(assertion: Assertion): Finding | undefined {
  const left = leftIn(assertion)
  return left === undefined ? undefined : { holds: 'unknown', saw: () => hasNoValue(left) }
}

/** An assertion is the same in all runs of its case, so each is examined once. */
const examined = new WeakMap<Assertion, string | false>()

function leftIn(assertion: Assertion): string | undefined {
  let left = examined.get(assertion)
  if (left === undefined) examined.set(assertion, (left = unfilledIn(textsOfAssertion(assertion)) ?? false))
  return left === false ? undefined : left
}
