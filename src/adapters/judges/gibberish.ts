/** From this many words on, a line can be told from letters at random. */
const fewestWords = 3

/**
 * Whether what a caller said is no words: nothing but signs, one letter or word over and over, or, in Latin script, mostly long words
 * without a vowel. Names, codes and mistyped words are words.
 */
export function isGibberish(text: string): boolean {
  const letters = text.match(/[\p{L}\p{N}]/gu) ?? []
  if (letters.length === 0) return text.trim() !== '' && !/[?!…]|\p{Extended_Pictographic}/u.test(text)
  if (letters.length >= 8 && new Set(letters.map(letter => letter.toLowerCase())).size === 1 && !/\p{N}/u.test(text)) return true
  if ((text.match(/\ufffd|\p{Cc}/gu) ?? []).length > letters.length) return true
  const spoken = (text.match(/[\p{L}\p{M}']+/gu) ?? []).filter(word => !/^\p{Lu}+$/u.test(word))
  const words = spoken.map(word => word.toLowerCase())
  if (words.length >= 6 && new Set(words).size === 1) return true
  const latin = words.filter(word => /^[\p{sc=Latin}\p{M}']{4,}$/u.test(word))
  const empty = latin.filter(word => !/[aeiouyåäöüæøœ]/u.test(word.normalize('NFD').replaceAll(/\p{M}/gu, '')))
  return latin.length >= fewestWords && empty.length * 2 > words.length
}
