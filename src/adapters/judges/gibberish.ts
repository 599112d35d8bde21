import { isCommon } from './common-words.js'
import type { CallerSide, CallerSpeech } from './caller-side.js'
import { usualPairsIn } from './letter-pairs.js'
import { shortQuote } from './short-quote.js'
import { isSameWord, wordsOf } from './words.js'

/** From this many words and pairs of letters on, words can be told from letters at random. */
const fewestWords = 3
const fewestPairs = 8
/** So rare on average are no names and abbreviations. */
const rarePairs = 3.6
/** Over many pairs in several turns, so rare is no language that we know. */
const manyPairs = 16
const manyTurns = 3
const rareOverMany = 5
/** Letters at random now and then make a word. */
const knownOneIn = 10

/**
 * Finds a caller whose words are no words in most of its turns: signs, one letter or one word over and over, or words that look like
 * those of no language, and of which hardly one was told, heard, or is common. Or it says only numbers that nobody told it. It looks
 * at all turns together: names, codes, mistyped words and any language are words.
 */
export function saidNoWords(side: CallerSide): string | undefined {
  const { own } = side
  const unknown = unknownLines(side)
  // A name that is asked for again looks no stranger than once.
  const areOfNoLanguage = lookLikeNoLanguage([...new Set(unknown.map(({ text }) => text))])
  const faults = own.filter(line => isWordless(line.text) || (areOfNoLanguage && unknown.includes(line)))
  const found = faults.length * 2 > own.length ? faults[0] : areMadeUpCodes(side) || isAtALoss(own) ? own[0] : undefined
  return found && `turn ${found.turn}: the caller said no words: ${shortQuote(found.text)}`
}

/** Whether a line has no words in any language. */
function isWordless(text: string): boolean {
  if (hasPlainWords(text)) return false
  const letters = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
  if (letters === '') return text.trim() !== '' && !lossSigns.test(text) && !faces.test(text)
  if (/^(.)\1{7,}$/u.test(letters)) return !/[\p{N}\p{sc=Han}]/u.test(text)
  const strays = text.match(/\ufffd|\p{Cc}/gu)
  if (strays && strays.length > Array.from(letters).length) return true
  const words = text.toLowerCase().match(/[\p{L}\p{M}']+/gu) ?? []
  const [first = ''] = words
  return words.length >= 6 && new Set(words).size === 1 && !saidOver.test(first)
}

/** Whether most of a line is words of Latin letters, and not one over and over: nearly all lines, which need no more patterns. */
function hasPlainWords(text: string): boolean {
  const words = new Set(wordsOf(text).flatMap(({ word }) => (/^[a-z]+$/.test(word) ? word : [])))
  return words.size > 1 && [...words].some(word => !/^(.)\1*$/.test(word)) && [...words].join('').length * 2 > text.length
}

/** Without a letter people are at a loss ("???", "...") or show a face. */
const lossSigns = /[?？؟!！…]|\.\./
const faces = /\p{Extended_Pictographic}|[:;=]['-]?[()[\]/\\|*]|<3/u

/** Whether the caller has nothing but such signs for all that it hears. A face may be an answer. */
function isAtALoss(own: readonly CallerSpeech[]): boolean {
  return own.length >= manyTurns && own.every(({ text }) => !/[\p{L}\p{N}]/u.test(text) && !faces.test(text))
}

/** "No no no no no no!", "Ha ha ha ha ha ha!" */
const saidOver = /^(?:\p{L}{1,2}|yes|oui|non|nein|nee|não|нет)$/u

/** The lines of which hardly one word is known. */
function unknownLines(side: CallerSide): CallerSpeech[] {
  const strange = side.own.filter(line => isMostlyNot(line, isCommon))
  if (strange.length === 0) return []
  const told = new Set(toldTo(side).flatMap(text => wordsOf(text).map(({ word }) => word)))
  return strange.filter(line => isMostlyNot(line, word => isCommon(word) || [...told].some(each => isSameWord(each, word))))
}

function isMostlyNot({ text }: CallerSpeech, isKnown: (word: string) => boolean): boolean {
  const words = wordsOf(text)
  let missing = Math.ceil(words.length / knownOneIn)
  for (const { word } of words) {
    if (missing === 0) return false
    if (word.length > 1 && isKnown(word)) missing -= 1
  }
  return missing > 0
}

function lookLikeNoLanguage(lines: readonly string[]): boolean {
  const said = lines.flatMap(text => text.match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [])
  // Codes and abbreviations are spelled in any way.
  const words = said.filter(word => !/\p{N}|^\p{Lu}+$/u.test(word))
  const usual = words.map(word => usualPairsIn(word))
  if (!usual.every(pairs => pairs !== undefined)) return false
  const long = usual.filter(pairs => pairs.length >= 3)
  const pairs = long.flat()
  if (long.length < fewestWords || pairs.length < fewestPairs) return false
  const mean = pairs.reduce((sum, each) => sum + each, 0) / pairs.length
  return mean < (pairs.length >= manyPairs && lines.length >= manyTurns ? rareOverMany : rarePairs)
}

/** Whether the caller never says a word, and its numbers are none that it was told or heard. */
function areMadeUpCodes(side: CallerSide): boolean {
  const { own, given } = side
  if (own.length < 2 || [...own, ...given].some(({ text }) => hasWord(text))) return false
  const told = toldTo(side)
  const run = signless(told.join(' '))
  const words = new Set(told.flatMap(text => wordsOf(text).map(({ word }) => word)))
  return own.every(({ text }) => {
    const codes = wordsOf(text).map(({ word }) => word)
    const isTold = codes.some(code => words.has(code) || (code.length > 1 && run.includes(code)))
    return /\p{N}/u.test(text) && !isTold && !run.includes(signless(text))
  })
}

/** What is spelled or has a digit in it is no word. */
function hasWord(text: string): boolean {
  return wordsOf(text).some(({ word }) => /\p{L}/u.test(word) && !/\p{N}|^[a-z]$/u.test(word))
}

/** Everything that the caller was told, and what it heard. */
function toldTo(side: CallerSide): string[] {
  const { instructions, personality, facts, heard, given } = side
  return [instructions, personality, ...Object.entries(facts).flat(), ...given.map(({ text }) => text), ...[...heard.values()].flat()]
}

function signless(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}
