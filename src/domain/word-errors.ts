import { spokenWords } from './spoken-form.js'

/** How many words a text has, and how many of them were replaced, left out or added. */
export interface WordErrors {
  readonly words: number
  readonly errors: number
}

/**
 * Compares what was heard with what was said, in words as they are spoken. The word error rate is `errors / words`; it may exceed 1.
 *
 * The fewest changes that turn one into the other: Levenshtein, "Binary codes capable of correcting deletions, insertions, and
 * reversals", Soviet Physics Doklady 10, 1966; over words.
 */
export function wordErrors(said: string, heard: string): WordErrors {
  const reference = spokenWords(said)
  return { words: reference.length, errors: distance(reference, spokenWords(heard)) }
}

export function sumErrors(all: readonly WordErrors[]): WordErrors {
  return { words: sum(all.map(({ words }) => words)), errors: sum(all.map(({ errors }) => errors)) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function distance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, word] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (word === other ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}
