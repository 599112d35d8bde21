/** Words in quotation marks, on one line, shortened to fit a reason. */
export function shortQuote(words: string): string {
  const line = words.replaceAll(/\s+/g, ' ').trim()
  return `"${line.length > 80 ? `${line.slice(0, 77)}...` : line}"`
}
