import { endOfString, parsedOf } from './json-value.js'

/** How many levels deep a value may nest. Much deeper ones could not be serialised without overflowing the stack. */
export const deepestNesting = 100

/** Returns a value unchanged, or a text in its place if it nests too deeply. */
export function shallow(value: unknown): unknown {
  return isTooDeep(value) ? `(left out: nested more than ${deepestNesting} deep)` : value
}

export function isTooDeep(value: unknown): boolean {
  return isDeeperThan(value, deepestNesting)
}

/** Whether JSON nests too deeply, without parsing it: what nests half a million levels deep would take a tenth of a second. */
export function isJsonTooDeep(json: string, levels = deepestNesting): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at)
    if (character === quote) at = endOfString(json, at) - 1
    else if (character === openBracket || character === openBrace) {
      depth += 1
      if (depth > levels) return true
    } else if (character === closeBracket || character === closeBrace) depth -= 1
  }
  return false
}

// Also read in browsers, which have no Buffer.
const [quote, openBracket, openBrace, closeBracket, closeBrace] = Array.from('"[{]}', sign => sign.charCodeAt(0))

/** Whether a text in an object is JSON that nests too deeply: the arguments of tools are often written so. */
export function isTooDeepInTexts(object: object): boolean {
  return Object.values(object).some(text => typeof text === 'string' && text.length > 2 * deepestNesting && isTooDeep(parsedOf(text)))
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  const inners: unknown[] = Array.isArray(value) ? value : Object.values(value)
  return levels === 0 || inners.some(inner => isDeeperThan(inner, levels - 1))
}
