import { escapeExact, exactlyParsedOf, isExactNumber } from '../exact-number.js'
import { deepestNesting, isTooDeep, shallow } from '../nesting.js'
import type { MessageProblems, PlaceInMessage } from './problems.js'

/**
 * Reads a value that may be written as JSON in a string, with all digits of its numbers. A number alone stays a string if it would
 * be written differently.
 *
 * @param isExact  Whether the value was parsed without losing digits, so that what looks like an exact number of ours is one.
 */
export function readValue(raw: unknown, path: PlaceInMessage, problems: MessageProblems, isExact = false): unknown {
  const value = exactlyParsedOf(raw)
  if (typeof raw === 'string') {
    if (isExactNumber(value)) return raw
    if (typeof value === 'number' && JSON.stringify(value) !== raw.trim()) return raw
  }
  if (isTooDeep(value)) problems.lose(`It is nested more than ${deepestNesting} levels deep.`, path)
  return isExact || typeof raw === 'string' ? shallow(value) : escapeExact(shallow(value))
}
