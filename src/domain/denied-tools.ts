import type { Assertion } from './assertion.js'
import { leavesOf } from './assertion-leaves.js'

/** A tool that must not be called, or not with such arguments. */
export interface DeniedTool {
  readonly name: string
  /** Names of the arguments that the check speaks of. */
  readonly keys: readonly string[]
}

/** The tools that an assertion denies: under `not`, or with `times: 0`. */
export function deniedTools(assertion: Assertion): DeniedTool[] {
  return leavesOf(assertion).flatMap(({ assertion: leaf, isDenied }) => {
    if (leaf.kind !== 'tool_called') return []
    const { name, arguments: args = {}, times } = leaf.call
    return isDenied || times?.max === 0 ? [{ name, keys: Object.keys(args) }] : []
  })
}
