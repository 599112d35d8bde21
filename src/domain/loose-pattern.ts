import type { Search } from './text-matcher.js'

/** Stands between pieces that may be glued or apart. Nobody says it: a code point for private use. */
export const seam = '\u{F8FFE}'

const token = new RegExp(
  [
    String.raw`(?<quoted>\\Q[^]*?(?:\\E|$))`,
    // No width, or the frame of what is matched.
    String.raw`(?<frame>\\[bBAz]|\(\?P?<\w+>|\(\?[a-zA-Z-]*[:)]|[()|^$]|[*+?]|\{\d+(?:,\d*)?\})`,
    String.raw`(?<atom>\\[pPx]\{[^{}]*\}|\\[pP][^]|\\x[^]{2}|\\[0-7]{1,3}|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[^])`,
  ].join('|'),
  'gu',
)

/**
 * A pattern (RE2 syntax) that finds in pieces with a {@link seam} between them whatever the pattern finds if each piece is glued to the
 * next or apart from it by a blank, in any mixture.
 */
export function loosePattern(pattern: string, search: Search): string {
  return pattern.replaceAll(token, (whole, quoted?: string, frame?: string) => {
    if (frame !== undefined) return whole
    if (quoted === undefined) return looseAtom(whole, search)
    const text = whole.slice(2).replace(/\\E$/, '')
    return Array.from(text, letter => looseAtom(/[\p{L}\p{N}\s]/u.test(letter) ? letter : `\\${letter}`, search)).join('')
  })
}

function looseAtom(atom: string, search: Search): string {
  const isBlank = atom === ' ' || (/^(?:\\|\[)/.test(atom) && search(`^${atom}$`, ' '))
  return isBlank ? `(?:(?:${atom}|${seam})${seam}?)` : `(?:${atom}${seam}?)`
}
