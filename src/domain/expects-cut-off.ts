import { leavesOf } from './assertion-leaves.js'
import type { Assertion } from './assertion.js'
import type { CutOff } from './cut-off.js'

/** Whether one of the assertions asks for a conversation that is cut off so. What is denied asks for none. */
export function expectsCutOff(assertions: readonly Assertion[], cutOff: CutOff): boolean {
  return assertions
    .flatMap(assertion => leavesOf(assertion))
    .some(({ assertion, isDenied }) => !isDenied && assertion.kind === 'cut_off' && assertion.by === cutOff)
}
