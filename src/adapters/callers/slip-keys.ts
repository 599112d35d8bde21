/** Which words to mistype, and how. */
export interface Slips {
  /** The share of mistyped words, 0..1, among those that can be mistyped. */
  readonly share: number
  /** Lower-case words that are never mistyped. */
  readonly known: ReadonlySet<string>
  /** Random numbers, 0 <= x < 1. They decide which words are mistyped, and in which way. */
  readonly slips: number
  readonly kinds: number
}

/**
 * Mistypes some words: swaps two letters, drops one, doubles one, or hits the neighbouring key. Only words of four or
 * more lower-case letters change, never digits, names, addresses or what the caller knows.
 */
export function slipKeys(text: string, { share, known, slips, kinds }: Slips): string {
  if (share === 0) return text
  let words = 0
  return text.replaceAll(/\S+/g, token => {
    const word = /^\p{Ll}{4,}(?=[.,!?;:]*$)/u.exec(token)?.[0]
    if (word === undefined || known.has(word)) return token
    const nth = words++
    if (spread(slips, nth) >= share) return token
    return mistyped(word, spread(kinds, nth)) + token.slice(word.length)
  })
}

/** All words of the texts, in lower case, for {@link Slips.known}. */
export function wordsIn(texts: Iterable<string>): Set<string> {
  return new Set([...texts].flatMap(text => text.toLowerCase().match(/\p{L}+/gu) ?? []))
}

const goldenRatio = (1 + Math.sqrt(5)) / 2

/** The nth number of an evenly spread sequence, 0 <= x < 1 (a Kronecker sequence), so that typos do not cluster. */
function spread(start: number, nth: number): number {
  return (start + nth * goldenRatio) % 1
}

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Keeps the first letter, which readers recognize words by. @param chance  0 <= x < 1 */
function mistyped(word: string, chance: number): string {
  const letters = Array.from(word)
  const kind = Math.floor(chance * 4)
  const at = 1 + Math.floor((chance * 4 - kind) * (letters.length - 2))
  const letter = letters[at] ?? ''
  const row = rows.find(each => each.includes(letter))
  const beside = row?.[row.indexOf(letter) + 1] ?? row?.[row.indexOf(letter) - 1]
  if (kind === 0) letters.splice(at, 2, letters[at + 1] ?? '', letter)
  else if (kind === 1) letters.splice(at, 1)
  else if (kind === 2) letters.splice(at, 0, letter)
  else letters[at] = beside ?? letter
  return letters.join('')
}
