import { foldText } from './fold-text.js'
import { loosePattern, seam } from './loose-pattern.js'
import { textMatches, type Search, type TextMatcher } from './text-matcher.js'

/**
 * Whether pieces match in any way in which a person may read them: each is glued to the next or apart from it, and markdown, addresses of links,
 * tags of HTML, hyphens within words and letters struck through (`cre-dit`, `**cre**dit`) are there or not. It is for what must
 * *not* be said: a match that only this finds proves nothing else.
 */
export function matchesLoosely(matcher: TextMatcher, pieces: readonly string[], search: Search): boolean {
  const { contains, equals, oneOf, matches } = matcher
  const marked = pieces.map(piece => foldText(withoutTags(piece))).join(boundary)
  // A tag may come in two pieces.
  const glued = pieces.length === 1 ? marked : foldText(withoutTags(pieces.join('')))
  const texts = [...new Set([marked, glued].flatMap(withAndWithoutLinks))]
  const isWhole = (wanted: string): boolean => texts.some(text => mayRead(text.trim(), foldText(wanted).trim(), 'whole'))
  return (
    (contains === undefined || texts.some(text => mayRead(text, foldText(contains), 'part'))) &&
    (equals === undefined || isWhole(equals)) &&
    (oneOf === undefined || oneOf.some(isWhole)) &&
    (matches === undefined || patternMayMatch(matches, pieces, search))
  )
}

/** Between pieces. A folded text has none. */
const boundary = '\n'

const tags = /<\/?(?:a|b|code|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?\/?>|&(?:shy|zwn?j|#173|#820[345]);|`/giu
/** What colours a terminal (ECMA-48, section 5.4). */
const terminalCodes = new RegExp(`${String.fromCodePoint(0x1b)}\\[[0-?]*[ -/]*[@-~]`, 'g')
/** Control characters that are no white space. */
const unseenControls = /(?![\s\u0085])\p{Cc}/gu
const mark = '[*_~\\\\\\n\u0334-\u0338]'
const hyphen = '[-\u2012-\u2015\u00b7\u2022\u2027]'
/** Hyphens between letters, perhaps at the end of a line, or a point; bounded, because patterns backtrack. */
const withinWord = new RegExp(`(?<=\\p{L})${mark}{0,20}(?:${hyphen}\\s?(?:${mark}|${hyphen}\\s?){0,20}|\\.)${mark}{0,20}(?=\\p{L})`, 'gu')
/** The same with pieces that end within a word. */
const withinSeamedWord = new RegExp(`(?<=\\p{L})${seam}?(?:(?:${hyphen}[\\s${seam}]?){1,20}|\\.)${seam}?(?=\\p{L})`, 'gu')
const skippable = new RegExp(`${withinWord.source}|${mark}|(?<=\\s${mark}*)\\s`, 'gu')
const squeezed = new RegExp(`${mark}|[\\s.\u00b7\u2022\u2027\u2012-\u2015-]`, 'gu')

function withoutTags(text: string): string {
  return text
    .replaceAll(/<br\s*\/?>|&(?:nbsp|#160|#32|#xa0|#x20);|^[ \t]*>[ \t]?/gim, ' ')
    .replaceAll(tags, '')
    .replaceAll(terminalCodes, '')
    .replaceAll(unseenControls, '')
}

/** Links and pictures in markdown, by address or by reference. */
const links = /!?\[([^[\]]{0,1000})\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^[\]]{0,1000}\])/g

/** A text, and the same with nothing but the words of its links. */
function withAndWithoutLinks(text: string): string[] {
  const plain = text.replaceAll(links, '$1')
  return plain === text ? [text] : [text, plain]
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
  const isFoundIn = (pattern: string, text: string): boolean => {
    const forms = withAndWithoutLinks(text).flatMap(each => {
      const plain = withoutTags(each).replaceAll(new RegExp(mark, 'gu'), '')
      return [each, plain, plain.replaceAll(withinWord, ''), plain.replaceAll(withinSeamedWord, '')]
    })
    return forms.some(form => textMatches({ matches: pattern }, form, search))
  }
  if (isFoundIn(matches, pieces.join(''))) return true
  return pieces.length > 1 && (isFoundIn(matches, pieces.join(' ')) || isFoundIn(loosePattern(matches, search), pieces.join(seam)))
}
