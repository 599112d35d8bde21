/**
 * A part of a sentence: where it may end, if it begins at a word. A position is that of the word behind its last one; there are
 * none if the part does not stand there.
 */
export type Phrase = (words: readonly string[], at: number) => readonly number[]

/** One word out of a list, separated by blanks. */
export function one(list: string): Phrase {
  const known = setOf(list)
  return anyWord(word => known.has(word))
}

/** Any one word, except those that do not suit. */
export function anyWord(suits: (word: string) => boolean): Phrase {
  return (words, at) => {
    const word = words[at]
    return word !== undefined && suits(word) ? [at + 1] : []
  }
}

/** Fixed words, one after the other: `has|have been`, `never ever?`. A bar separates alternatives; a question mark makes a word optional. */
export function phrase(text: string): Phrase {
  const parts = text.split(' ').map(piece => {
    const isOptional = piece.endsWith('?')
    const word = one((isOptional ? piece.slice(0, -1) : piece).replaceAll('|', ' '))
    return isOptional ? maybe(word) : word
  })
  return inOrder(...parts)
}

export function inOrder(...parts: readonly Phrase[]): Phrase {
  return (words, at) =>
    parts.reduce<readonly number[]>((ends, part) => (ends.length === 0 ? ends : distinct(ends.flatMap(end => part(words, end)))), [at])
}

export function either(...parts: readonly Phrase[]): Phrase {
  return (words, at) => distinct(parts.flatMap(part => part(words, at)))
}

export function maybe(part: Phrase): Phrase {
  return (words, at) => distinct([at, ...part(words, at)])
}

export function upTo(most: number, part: Phrase): Phrase {
  return inOrder(...Array.from({ length: most }, () => maybe(part)))
}

/** Whether the part can be all of the words. */
export function isWhole(part: Phrase, words: readonly string[]): boolean {
  return part(words, 0).includes(words.length)
}

/** Words separated by blanks. */
export function setOf(list: string): ReadonlySet<string> {
  return new Set(list.match(/\S+/g))
}

function distinct(ends: readonly number[]): readonly number[] {
  return ends.length < 2 ? ends : [...new Set(ends)]
}
