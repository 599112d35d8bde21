import { isDeepStrictEqual } from 'node:util'
import { parse, parseDocument, Scalar, visit } from 'yaml'
import { escapeUnsafe, safeText } from '../../domain/safe-text.js'

/**
 * YAML that does not act where it is printed. Its values stay the same: what would control a terminal, reorder the text or
 * command a CI runner is written as an escape, in double quotes.
 */
export function safeYaml(text: string): string {
  if (safeText(text) === text) return text
  const document = parseDocument(text)
  // Its own writer writes a few texts in flow style so that its parser cannot read them.
  if (document.errors.length > 0) return safeText(text)
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && safeText(node.value) !== node.value) node.type = Scalar.QUOTE_DOUBLE
    },
  })
  const escaped = escapeUnsafe(document.toString({ lineWidth: 0 }))
  // Where it would not be the same suite any more, it may rather be read than be used.
  return isSame(escaped, text) ? escaped : safeText(text)
}

function isSame(one: string, other: string): boolean {
  try {
    return isDeepStrictEqual(parse(one), parse(other))
  } catch {
    return false
  }
}
