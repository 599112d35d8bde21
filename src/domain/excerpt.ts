/** Another program's text on one line, cut to `most` characters, for a message. */
export function excerpt(text: string, most: number): string {
  const line = text
    .slice(0, most * 2)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length > most || text.length > most * 2 ? `${line.slice(0, most)}...` : line
}

/** A text as a sentence: adds a full stop unless it already ends with one, also inside its quotes. */
export function endSentence(text: string): string {
  return /[.!?]"?$/.test(text) ? text : `${text}.`
}
