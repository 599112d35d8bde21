/** What a text must match; every key that is present must match. `matches` is RE2 syntax. */
export interface TextMatcher {
  readonly contains?: string
  readonly matches?: string
  readonly equals?: string
  readonly oneOf?: readonly string[]
}

/**
 * Whether a text matches.
 *
 * @param search  Whether a text contains a match of a pattern (RE2 syntax), in linear time.
 */
export function textMatches(matcher: TextMatcher, text: string, search: (pattern: string, text: string) => boolean): boolean {
  const { contains, matches, equals, oneOf } = matcher
  if (contains !== undefined && !text.toLowerCase().includes(contains.toLowerCase())) return false
  if (equals !== undefined && text.trim() !== equals.trim()) return false
  if (oneOf !== undefined && !oneOf.some(choice => text.trim() === choice.trim())) return false
  return matches === undefined || search(matches, text)
}
