import type { Assertion } from './assertion.js'
import type { CutOff } from './cut-off.js'

/** Whether one of the assertions asks for a conversation that is cut off so. What is under `not` asks for none. */
export function expectsCutOff(assertions: readonly Assertion[], cutOff: CutOff): boolean {
  return assertions.some(assertion => {
    switch (assertion.kind) {
      case 'cut_off':
        return assertion.by === cutOff
      case 'all':
      case 'any':
        return expectsCutOff(assertion.assertions, cutOff)
      default:
        return false
    }
  })
}
