import type { Assertion } from './assertion.js'

/** A tool that must not be called, or not with such arguments. */
export interface DeniedTool {
  readonly name: string
  /** Names of the arguments that the check speaks of. */
  readonly keys: readonly string[]
}

/** The tools that an assertion denies: under `not`, or with `times: 0`. */
export function deniedTools(assertion: Assertion, isNegated = false): DeniedTool[] {
  switch (assertion.kind) {
    case 'tool_called': {
      const { name, arguments: args = {}, times } = assertion.call
      return isNegated || times?.max === 0 ? [{ name, keys: Object.keys(args) }] : []
    }
    case 'not':
      return deniedTools(assertion.assertion, !isNegated)
    case 'all':
    case 'any':
      return assertion.assertions.flatMap(each => deniedTools(each, isNegated))
    default:
      return []
  }
}
