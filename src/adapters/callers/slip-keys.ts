/** Where fingers slip, and how. */
export interface Slips {
  /** Of the words that can be mistyped, 0..1. */
  readonly share: number
  /** In lower case: words that nobody mistypes. */
  readonly known: ReadonlySet<string>
  /** Numbers, 0 <= x < 1, that decide which words it are, and what becomes of them. */
  readonly slips: number
  readonly kinds: number
}

/**
 * Mistypes some of the words: two letters swapped, one left out, one doubled, or the key beside it. A word can be mistyped
 * if it is of four or more small letters, and nothing else: never digits, names, addresses, or what the caller knows.
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

/** The words whose letters no slip may touch, of all the texts. */
export function wordsIn(texts: Iterable<string>): Set<string> {
  return new Set([...texts].flatMap(text => text.toLowerCase().match(/\p{L}+/gu) ?? []))
}

const goldenRatio = (1 + Math.sqrt(5)) / 2

/** The nth number from a start on, 0 <= x < 1: evenly spread (a Kronecker sequence), so that slips do not come in heaps. */
function spread(start: number, nth: number): number {
  return (start + nth * goldenRatio) % 1
}

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** The first letter stays: it is what a reader goes by. @param chance  0 <= x < 1 */
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
