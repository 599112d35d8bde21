/** Text that another program wrote, on one line and cut to length, to be quoted in a message. */
export function excerpt(text: string, most: number): string {
  const line = text
    .slice(0, most * 2)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length > most || text.length > most * 2 ? `${line.slice(0, most)}...` : line
}

/** A text as a sentence: with a full stop, unless it ends with one already, be it within its quotes. */
export function endSentence(text: string): string {
  return /[.!?]"?$/.test(text) ? text : `${text}.`
}
