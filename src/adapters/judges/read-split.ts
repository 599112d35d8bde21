import { kindByWords } from '../../domain/claim-kind.js'
import type { Claim } from './claim.js'
import { denies, hasContent, isSameWord, wordsOf, type Word } from './words.js'

/** A longer list is not accepted as the claims of one outcome. */
const mostClaims = 50
/** Fewer words are no claim. */
const fewestWords = 3

/**
 * Checks how a model split an outcome. Splitting must not lose or turn around any part of it: each claim is made of the outcome's own
 * words, and together the claims cover all words that say something. A claim that denies must be one unbroken stretch of the
 * outcome, after its subject, so that a denial cannot be moved to another part.
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
  const source = wordsOf(outcome)
  const denied = new Set<number>()
  const read = texts.map(text => {
    const words = wordsOf(text)
    if (!words.some(({ word }) => denies(word))) return { text, kind: kindByWords(text), words }
    const found = placeOf(words, source, denied)
    if (!found) return { text, kind: undefined, words }
    const { subject, from, to } = found
    const asWritten = `${subject === 0 ? '' : text.slice(0, words[subject]?.start)}${outcome.slice(source[from]?.start, source[to - 1]?.end)}`
    if (kindByWords(text) !== 'never' || kindByWords(asWritten) !== 'never') return { text, kind: 'happens' as const, words }
    for (let at = from; at < to; at += 1) denied.add(at)
    return { text, kind: 'never' as const, words: [] }
  })

  const covered = new Set(denied)
  const known = new Map<string, readonly number[]>()
  const placesOf = (word: string): readonly number[] => {
    const places = known.get(word) ?? source.flatMap((each, at) => (!denied.has(at) && isSameWord(each.word, word) ? [at] : []))
    known.set(word, places)
    return places
  }
  for (const { text, kind, words } of read) {
    if (kind === undefined) return `it changed ${JSON.stringify(text)}`
    for (const { word } of words) {
      const places = placesOf(word)
      if (places.length === 0 && hasContent(word)) return `it added ${JSON.stringify(word)}`
      for (const at of places) covered.add(at)
    }
  }
  const lost = source.find(({ word }, at) => hasContent(word) && !covered.has(at))
  if (lost) return `it lost ${JSON.stringify(outcome.slice(lost.start, lost.end))}`
  return read.flatMap(({ text, kind }) => (kind ? { text, kind } : []))
}

function isAlike(one: string, other: string): boolean {
  const [words, others] = [wordsOf(one), wordsOf(other)]
  return words.length > 0 && words.length === others.length && words.every(({ word }, at) => word === others[at]?.word)
}

/** Where the words stand in the outcome, one after the other and not taken yet, without the subject that a split repeats. */
function placeOf(
  words: readonly Word[],
  source: readonly Word[],
  taken: ReadonlySet<number>,
): { readonly subject: number; readonly from: number; readonly to: number } | undefined {
  const ownSubject = words.findIndex(({ word }) => !subjects.has(word))
  for (const subject of new Set([0, Math.max(ownSubject, 0)])) {
    const stretch = words.slice(subject)
    const from = source.findIndex((_, at) => stretch.every(({ word }, i) => source[at + i]?.word === word && !taken.has(at + i)))
    if (from !== -1) return { subject, from, to: from + stretch.length }
  }
  return undefined
}

/** What the subject of a claim about the agent is made of, in the languages we know. */
const subjects = new Set(
  (
    'the a an our your this agent assistant bot it he she they der die das ein eine agentin assistent assistentin er sie es el la un una ' +
    "agente asistente ella l'agent l'agente l'assistant l'assistente le il elle lui lei o um uma assistente ele ela de het een hij zij ze"
  ).split(' '),
)
