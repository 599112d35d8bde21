/**
 * The words that were said of a text when it was cut off: whole words, by the share of its sound. Speech is not even, so the last word
 * may be wrong.
 *
 * @param share  0..1.
 */
export function wordsUntil(text: string, share: number): string {
  if (share >= 1) return text
  const at = Math.floor(text.length * Math.max(0, share))
  const rest = text.slice(at)
  // A word that is begun counts if most of it was said.
  const toEnd = /^\S*/.exec(rest)?.[0].length ?? 0
  const begun = /\S*$/.exec(text.slice(0, at))?.[0].length ?? 0
  return (begun > toEnd ? text.slice(0, at + toEnd) : text.slice(0, at - begun)).trimEnd()
}
