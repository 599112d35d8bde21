import { foldText } from '../fold-text.js'

/** A longer sentence is no plain one. */
const mostWords = 16
const mostCharacters = 200

/**
 * The words of a text that is made of plain sentences only, folded: Latin letters, digits, hyphens, underscores and apostrophes in words,
 * and commas, which are words of their own. A sentence ends with a full stop, an exclamation mark, or its line.
 *
 * @returns The words of each sentence; `undefined` if anything else stands in the text, or a sentence is long.
 */
export function plainSentences(text: string): readonly (readonly string[])[] | undefined {
  const sentences = text
    .trim()
    .replaceAll(/[ \u00a0\u202f]+/g, ' ')
    .split(/(?<=[\p{L}\p{N}][.!]) |[.!]? ?\r?\n\s*/u)
  const read = sentences.flatMap(sentence => (sentence.length <= mostCharacters && plain.test(sentence) ? [wordsOf(sentence)] : []))
  return read.length === sentences.length && read.every(({ length }) => length <= mostWords) ? read : undefined
}

const word = `[\\p{Script=Latin}\\p{M}0-9]+(?:['’_-][\\p{Script=Latin}\\p{M}0-9]+)*(?:(?<=s)['’](?= ))?`
const plain = new RegExp(`^${word}(?:,? ${word})*[.!]?$`, 'u')

/** `The agent's` is two words; so is `l'agent`, because `l'` is one of its own. */
function wordsOf(sentence: string): readonly string[] {
  const folded = foldText(sentence).replace(/[.!]$/, '')
  return folded
    .replaceAll(/(?<=^| )(l|d|n|un|dell)'/g, `$1' `)
    .replaceAll(',', ' ,')
    .split(' ')
}
