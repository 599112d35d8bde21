/** Regular expressions in RE2 syntax, matched in linear time. */
export interface Patterns {
  /**
   * Whether the pattern is found in the text. Compiled patterns are kept.
   *
   * @throws {SyntaxError} when the pattern is not RE2 syntax; the message says why.
   */
  search(pattern: string, text: string): boolean
}
