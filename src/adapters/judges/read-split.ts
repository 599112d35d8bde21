import { kindByWords } from '../../domain/claim-kind.js'
import type { Claim } from './claim.js'
import { findClaim, type FoundClaim } from './find-claim.js'
import { mayOpenClause } from './clause-words.js'
import { partsOf, type OutcomeParts } from './outcome-parts.js'
import { subjectAt } from './subjects.js'
import { hasContent, isSameWord, wordsOf, type Word } from './words.js'

/** A longer list is not accepted as the claims of one outcome. */
const mostClaims = 50
/** Fewer words are no claim. */
const fewestWords = 3

/**
 * Checks how a model split an outcome. Splitting must not lose, move or turn around any part of it: the claims, one after the other,
 * are the outcome, cut at ends of sentences, items of lists, commas and `and`. Only the subject may be repeated, and a pronoun replaced
 * by it. A denial is not cut from what follows it in its sentence, and no denial is taken out of a clause inside one.
 *
 * @param split  The claims, in the model's words.
 * @returns The claims with their kinds, or why the split cannot be used, as the end of a sentence.
 */
export function readSplit(outcome: string, split: readonly string[]): readonly Claim[] | string {
  const [only = ''] = split
  if (split.length === 1 && isAlike(only, outcome)) return [{ text: only.trim(), kind: kindByWords(outcome) }]
  const texts = split.map(text => text.trim()).filter(text => wordsOf(text).length >= fewestWords)
  if (texts.length === 0) return 'it has no claim of three words or more'
  if (texts.length > mostClaims) return `it has more than ${mostClaims} claims`
  const source = partsOf(outcome)
  if (!source) return 'it cut a list, or what follows a colon, of all of which something may be said'

  if (symbolsOf(texts.join(' ')) !== symbolsOf(outcome)) return 'it changed a symbol'
  const claims: Claim[] = []
  let next = 0
  for (const text of texts) {
    const found = findClaim(text, outcome, source, next)
    if (!found) return whatChanged(text, texts, outcome)
    const last = source.parts[found.last]
    const after = source.parts[found.last + 1]
    if (last?.isDenied && after?.behind === 'comma') return `it cut ${JSON.stringify(text)} from what follows it`
    const kind = kindOf(text, found)
    if (kind !== 'happens' && !standsAlone(found, kind, outcome, source)) return `it took ${JSON.stringify(text)} out of its sentence`
    claims.push({ text, kind })
    next = found.last + 1
  }
  return next < source.parts.length ? whatChanged(texts.at(-1) ?? '', texts, outcome) : claims
}

/** A claim needs no evidence only if the outcome's own words say so too. */
function kindOf(text: string, { text: written, ownSubject = '' }: FoundClaim): Claim['kind'] {
  const kind = kindByWords(text)
  return kindByWords(`${ownSubject}${written}`) === kind ? kind : 'happens'
}

/** Whether what a claim says is said by a whole sentence or item, or by a plain last part of a sentence that has no clauses inside. */
function standsAlone(found: FoundClaim, kind: Claim['kind'], outcome: string, { words, parts }: OutcomeParts): boolean {
  if (/["“”„«»「」『』()[\]{}]|(?<![\p{L}\p{N}])['‘’‚]|['’](?![\p{L}\p{N}])/u.test(outcome)) return false
  const after = parts[found.last + 1]
  if (kind === 'never' && after?.behind === 'comma') return false
  const first = parts[found.first]
  if (first?.behind === 'sentence') return true
  const sentence = parts.slice(0, found.first).findLast(({ behind }) => behind === 'sentence')
  const before = words.slice(sentence?.from, first?.from)
  const hasSubject = found.ownSubject !== undefined || subjectAt(words, first?.from ?? 0) !== undefined
  return first?.about === 'agent' && hasSubject && !before.some(({ word }) => mayOpenClause(word))
}

/** Symbols that words do not show: `5 €` is not `5 %`. */
function symbolsOf(text: string): string {
  return (text.match(/[\p{Sc}%‰<>≤≥=+/]/gu) ?? []).join('')
}

function whatChanged(text: string, texts: readonly string[], outcome: string): string {
  const source = wordsOf(outcome)
  const claimed = texts.flatMap(wordsOf)
  const added = firstNotIn(source, claimed)
  if (added) return `it added ${JSON.stringify(added.word)}`
  const lost = firstNotIn(claimed, source)
  if (lost) return `it lost ${JSON.stringify(outcome.slice(lost.start, lost.end))}`
  return `it changed ${JSON.stringify(text)}`
}

/** The first word that says something and is not among others. */
function firstNotIn(others: readonly Word[], words: readonly Word[]): Word | undefined {
  const known = new Set(others.map(({ word }) => word))
  const isKnown = (word: string): boolean => known.has(word) || [...known].some(other => isSameWord(other, word))
  return words.find(({ word }) => hasContent(word) && !isKnown(word))
}

function isAlike(one: string, other: string): boolean {
  const [words, others] = [wordsOf(one), wordsOf(other)]
  return (
    words.length > 0 &&
    words.length === others.length &&
    symbolsOf(one) === symbolsOf(other) &&
    words.every(({ word }, at) => word === others[at]?.word)
  )
}
