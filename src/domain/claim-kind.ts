import { englishDenial } from './denials/english.js'
import { denialIn } from './denials/language.js'
import { either, isWhole, type Phrase } from './denials/grammar.js'
import { manner } from './denials/manners.js'
import { otherLanguages } from './denials/other-languages.js'
import { plainSentences } from './denials/sentences.js'

/**
 * What a claim is about: something that has to happen, something that must never happen, or a manner that has to last from
 * beginning to end. Only `happens` needs a place in the conversation that shows it.
 */
export type ClaimKind = 'happens' | 'never' | 'always'

/**
 * The kind of a claim by its own words. A claim that needs no evidence must not be one by mistake. So a claim is `never` or
 * `always` only if each of its sentences has one of a few plain forms that we know, from its first word to its last: a subject, a
 * denial, a verb out of a list, and things. Everything else has to happen.
 */
export function kindByWords(text: string): ClaimKind {
  const kinds = plainSentences(text)?.map(kindOfSentence) ?? []
  if (kinds.length === 0 || kinds.includes('happens')) return 'happens'
  return kinds.includes('never') ? 'never' : 'always'
}

function kindOfSentence(words: readonly string[]): ClaimKind {
  denial ??= either(englishDenial, ...otherLanguages.map(denialIn))
  if (isWhole(denial, words)) return 'never'
  return isWhole(manner, words) ? 'always' : 'happens'
}

/** In any language, made when it is first asked for. */
let denial: Phrase | undefined
