/** Words in quotation marks, on one line, short enough for a reason. */
export function shortQuote(words: string): string {
  const line = words.replaceAll(/\s+/g, ' ').trim()
  return `"${line.length > 80 ? `${line.slice(0, 77)}...` : line}"`
}
