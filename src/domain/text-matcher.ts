import { foldForm, foldPattern, foldText } from './fold-text.js'

/** What a text must match; every key that is present must match. `matches` is RE2 syntax. */
export interface TextMatcher {
  readonly contains?: string
  readonly matches?: string
  readonly equals?: string
  readonly oneOf?: readonly string[]
}

/** Whether a text contains a match of a pattern (RE2 syntax), in linear time. */
export type Search = (pattern: string, text: string) => boolean

/**
 * Whether a text matches. Texts are compared {@link foldText folded}. A pattern is searched in the text as it is, and
 * folded but for its case.
 */
export function textMatches(matcher: TextMatcher, text: string, search: Search): boolean {
  const { contains, matches, equals, oneOf } = matcher
  if ((contains ?? equals ?? oneOf) !== undefined) {
    const folded = foldText(text)
    if (contains !== undefined && !folded.includes(foldText(contains))) return false
    if (equals !== undefined && folded.trim() !== foldText(equals).trim()) return false
    if (oneOf !== undefined && !oneOf.some(choice => folded.trim() === foldText(choice).trim())) return false
  }
  return matches === undefined || patternMatches(matches, text, search)
}

function patternMatches(pattern: string, text: string, search: Search): boolean {
  if (search(pattern, text)) return true
  const folded = { pattern: foldPattern(pattern), text: foldForm(text) }
  return (folded.pattern !== pattern || folded.text !== text) && search(folded.pattern, folded.text)
}
