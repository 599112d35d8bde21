import { foldText } from './fold-text.js'
import { textMatches, type Search, type TextMatcher } from './text-matcher.js'

/**
 * Whether pieces match in any way in which a person may read them: each is glued to the next or apart from it, and markdown,
 * tags of HTML, hyphens within words and letters struck through (`cre-dit`, `**cre**dit`) are there or not. It is for what must
 * *not* be said: a match that only this finds proves nothing else.
 */
export function matchesLoosely(matcher: TextMatcher, pieces: readonly string[], search: Search): boolean {
  const { contains, equals, oneOf, matches } = matcher
  const text = pieces.map(piece => foldText(withoutTags(piece))).join(boundary)
  return (
    (contains === undefined || mayRead(text, foldText(contains), 'part')) &&
    (equals === undefined || mayRead(text.trim(), foldText(equals).trim(), 'whole')) &&
    (oneOf === undefined || oneOf.some(choice => mayRead(text.trim(), foldText(choice).trim(), 'whole'))) &&
    (matches === undefined || patternMayMatch(matches, pieces, search))
  )
}

/** Between pieces. A folded text has none. */
const boundary = '\n'
/** How many pieces a pattern finds in mixed ways, glued here and apart there; of more, only all glued and all apart. */
const mostMixed = 4
/** Of more pieces in a turn, patterns see no mixed ways. */
const mostPieces = 500

const tags = /<\/?(?:a|b|code|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?\/?>|&(?:shy|zwn?j|#173|#820[345]);|`/giu
const mark = '[*_~\\\\\\n\u0334-\u0338]'
const hyphen = '[-\u2012-\u2015\u00b7\u2022\u2027]'
/** Hyphens between letters, perhaps at the end of a line, or a point; bounded, because patterns backtrack. */
const withinWord = new RegExp(`(?<=\\p{L})${mark}{0,20}(?:${hyphen}\\s?(?:${mark}|${hyphen}\\s?){0,20}|\\.)${mark}{0,20}(?=\\p{L})`, 'gu')
const skippable = new RegExp(`${withinWord.source}|${mark}|(?<=\\s${mark}*)\\s`, 'gu')
const squeezed = new RegExp(`${mark}|[\\s.\u00b7\u2022\u2027\u2012-\u2015-]`, 'gu')

function withoutTags(text: string): string {
  return text.replaceAll(tags, '')
}

/** Whether a text reads as what is wanted, or a part of it does, if what can be skipped is skipped or not. */
function mayRead(text: string, wanted: string, as: 'part' | 'whole'): boolean {
  const core = wanted.replaceAll(squeezed, '')
  if (core === '' || !text.replaceAll(squeezed, '').includes(core)) return false
  const canSkip = new Uint8Array(text.length)
  for (const { 0: found, index } of text.matchAll(skippable)) canSkip.fill(1, index, index + found.length)

  // How much of what is wanted may have been read, after each character.
  let read = new Set([0])
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] === boundary ? ' ' : text[at]
    const next = new Set<number>(as === 'part' ? [0] : [])
    for (const length of read) {
      if (canSkip[at] === 1) next.add(length)
      if (wanted[length] === letter) next.add(length + 1)
    }
    if (as === 'part' && next.has(wanted.length)) return true
    read = next
  }
  return as === 'whole' && read.has(wanted.length)
}

function patternMayMatch(matches: string, pieces: readonly string[], search: Search): boolean {
  for (const text of readingsOf(pieces)) {
    const plain = withoutTags(text).replaceAll(new RegExp(mark, 'gu'), '')
    if ([text, plain, plain.replaceAll(withinWord, '')].some(form => textMatches({ matches }, form, search))) return true
  }
  return false
}

function* readingsOf(pieces: readonly string[]): Generator<string> {
  yield pieces.join('')
  if (pieces.length === 1) return
  yield pieces.join(' ')
  if (pieces.length > mostPieces) return
  for (let from = 0; from < pieces.length - 2; from += 1) {
    const [first = '', ...others] = pieces.slice(from, from + mostMixed)
    for (let isApart = 0; isApart < 2 ** others.length; isApart += 1) {
      yield others.reduce((text, piece, i) => text + ((isApart >> i) % 2 === 1 ? ' ' : '') + piece, first)
    }
  }
}
