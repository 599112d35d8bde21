import type { Assertion } from '../../../domain/assertion.js'
import { textsOfAssertion, unfilledIn } from '../../../domain/fill-in-checks.js'
import type { Metric } from '../../../domain/metric.js'
import type { Finding } from './finding.js'

/** Why a text with a placeholder in it decides nothing. @param name  As it is written: `{{test_profile.x}}`. */
export function hasNoValue(name: string): string {
  return `${name} has no value`
}

/** A finding about an assertion in which a placeholder is left; `undefined` if none is. */
export function unfilled(assertion: Assertion): Finding | undefined {
  const left = placeholderLeftIn(assertion, textsOfAssertion)
  return left === undefined ? undefined : { holds: 'unknown', saw: () => hasNoValue(left) }
}

/** Assertions and metrics are the same in all runs of a case, so each is examined once. */
const examined = new WeakMap<Assertion | Metric, string | false>()

/** The first placeholder that is left in what is checked; `undefined` if there is none. @param textsOf  Its texts. */
export function placeholderLeftIn<Checked extends Assertion | Metric>(
  checked: Checked,
  textsOf: (checked: Checked) => readonly string[],
): string | undefined {
  let left = examined.get(checked)
  if (left === undefined) examined.set(checked, (left = unfilledIn(textsOf(checked)) ?? false))
  return left === false ? undefined : left
}
