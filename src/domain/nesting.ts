import { parsedOf } from './json-value.js'

/** How many levels deep a value may nest. Much deeper ones could not be serialised without overflowing the stack. */
export const deepestNesting = 100

/** Returns a value unchanged, or a text in its place if it nests too deeply. */
export function shallow(value: unknown): unknown {
  return isTooDeep(value) ? `(left out: nested more than ${deepestNesting} deep)` : value
}

export function isTooDeep(value: unknown): boolean {
  return isDeeperThan(value, deepestNesting)
}

/** Whether a text in an object is JSON that nests too deeply: the arguments of tools are often written so. */
export function isTooDeepInTexts(object: object): boolean {
  return Object.values(object).some(text => typeof text === 'string' && text.length > 2 * deepestNesting && isTooDeep(parsedOf(text)))
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(inner => isDeeperThan(inner, levels - 1))
}
