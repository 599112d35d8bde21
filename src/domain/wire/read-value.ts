import { escapeExact, isExactNumber } from '../exact-number.js'
import { parsedOf } from '../json-value.js'
import { deepestNesting, isTooDeep, shallow } from '../nesting.js'
import type { MessageProblems, PlaceInMessage } from './problems.js'

/**
 * Reads a value that may be written as JSON in a string. A number stays a string if it would be written differently.
 *
 * @param parse  How JSON in a string is read.
 */
export function readValue(
  raw: unknown,
  path: PlaceInMessage,
  problems: MessageProblems,
  parse: (value: unknown) => unknown = parsedOf,
): unknown {
  const value = parse(raw)
  if (typeof raw === 'string') {
    if (isExactNumber(value)) return raw
    if (typeof value === 'number' && JSON.stringify(value) !== raw.trim()) return raw
    if (value !== raw && hasInexactNumber(raw)) problems.pass('A number in it has too many digits to be kept exactly.', path)
  }
  if (isTooDeep(value)) problems.lose(`It is nested more than ${deepestNesting} levels deep.`, path)
  // What is parsed exactly has exact numbers of ours, and no others.
  return parse === parsedOf ? escapeExact(shallow(value)) : shallow(value)
}

/** Whether a JSON text has a whole number that would be written differently, such as a long id. */
function hasInexactNumber(json: string): boolean {
  if (!/\d{16}/.test(json)) return false
  const bare = json.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
  return (bare.match(/(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g) ?? []).some(digits => String(Number(digits)) !== digits)
}
