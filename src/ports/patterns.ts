/** Regular expressions in RE2 syntax, matched in linear time. */
export interface Patterns {
  /**
   * Whether the text contains a match of the pattern. Compiled patterns are cached.
   *
   * @throws {SyntaxError} when the pattern is not RE2 syntax; the message says why.
   */
  search(pattern: string, text: string): boolean
}
