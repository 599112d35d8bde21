import type { Spoken } from '../words.js'
import type { Measure } from './measure.js'

/**
 * How many words the agent said.
 *
 * Unit: words, see {@link wordsOf}.
 * Source: Unicode Standard Annex #29, "Unicode text segmentation", word boundaries.
 */
export const words: Measure = ({ agent }) => ({ value: countWords(agent) })

export function countWords(said: readonly Spoken[]): number {
  let count = 0
  for (const { text } of said) count += wordsOf(text).length
  return count
}

/**
 * The words of a text, in order, as written.
 *
 * A word is a run of letters, marks, digits and underscores, joined by single apostrophes and full stops, and by commas
 * between digits (`don't`, `3.5`, `1,200`; `well-known` is two). Texts in scripts without spaces between words are split by
 * Unicode's dictionary rules, which take many times as long.
 */
export function wordsOf(text: string): readonly string[] {
  if (!unspaced.test(text)) return text.match(word) ?? []
  const found: string[] = []
  for (const { segment, isWordLike } of segmenter().segment(text)) if (isWordLike) found.push(segment)
  return found
}

const word = /[\p{L}\p{M}\p{N}_]+(?:(?:['’.]|(?<=\p{N}),(?=\p{N}))[\p{L}\p{M}\p{N}_]+)*/gu

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

// Created lazily: it costs more than everything else that scoring starts with.
let madeSegmenter: Intl.Segmenter | undefined
function segmenter(): Intl.Segmenter {
  return (madeSegmenter ??= new Intl.Segmenter('en', { granularity: 'word' }))
}
