import { foldText } from '../../domain/fold-text.js'

/** Words to look a folded word up in. */
export interface WordList {
  has(word: string): boolean
}

/**
 * A list of words with a blank between them. They are folded when they are first asked for: most conversations need few of our lists.
 *
 * @param texts  Each with any number of words.
 */
export function wordList(...texts: readonly string[]): WordList {
  let words: ReadonlySet<string> | undefined
  return { has: word => (words ??= new Set(foldText(texts.join(' ')).split(' '))).has(word) }
}
