/**
 * A text as comparisons see it: NFKC, without characters that nobody sees, white space as single blanks, quotation marks and
 * hyphens of one kind, upper and lower case alike. Two texts that read the same fold to the same text, and folding twice
 * changes nothing. White space at the ends becomes one blank and stays.
 *
 * Case is folded as in the Unicode Standard, 3.13, D144, and a dotless or dotted i is an i, so that İPTAL and KAPALI match their
 * Turkish lower case.
 *
 * @see https://www.unicode.org/reports/tr15/ for NFKC and its limit of 30 marks in a row
 */
export function foldText(text: string): string {
  return isPlain(text) ? text.toLowerCase() : foldedTexts.of(text)
}

/** Whether there is nothing in a text that anybody sees. */
export function isBlank(text: string): boolean {
  // Whatever is in ASCII stays visible when it is folded.
  return !/[!-~]/.test(text) && foldText(text).trim() === ''
}

function foldAnew(text: string): string {
  return fold(text, decomposed =>
    // Upper case in between brings ß and ss together, ς and σ, and ı and i; lower case before it ẞ and ß.
    decomposed
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .normalize('NFKD')
      .replaceAll(/i\u0307+/g, 'i'),
  )
}

/** The same with upper and lower case apart: what patterns are searched in. */
export function foldForm(text: string): string {
  return isPlain(text) ? text : foldedForms.of(text)
}

const mostFolded = 500
const longestFolded = 2000

/** Every check of a run folds the same words, and folding what is not plain takes many times as long as to find it again. */
class Folded {
  readonly #fold: (text: string) => string
  readonly #short = new Map<string, string>()
  /** Of long texts, only the last is kept. */
  #long: { readonly text: string; readonly folded: string } | undefined

  constructor(anew: (text: string) => string) {
    this.#fold = anew
  }

  of(text: string): string {
    if (text.length > longestFolded) {
      if (this.#long?.text !== text) this.#long = { text, folded: this.#fold(text) }
      return this.#long.folded
    }
    const known = this.#short.get(text)
    if (known !== undefined) return known
    const folded = this.#fold(text)
    if (this.#short.size >= mostFolded) this.#short.clear()
    this.#short.set(text, folded)
    return folded
  }
}

const foldedTexts = new Folded(foldAnew)
const foldedForms = new Folded(text => fold(text, decomposed => decomposed))

/**
 * A regular expression that finds in a folded text what it found in the original: its letters composed, its white space and
 * quotation marks of one kind. What has a meaning in patterns is left alone.
 */
export function foldPattern(pattern: string): string {
  if (isAscii(pattern)) return pattern
  return pattern.replaceAll(/\\[^]|(?<!-)[A-Za-z\u0080-\u{10ffff}]\p{M}*(?!-)/gu, part => {
    const folded = isAscii(part) || part.startsWith('\\') ? part : foldForm(part)
    return /^[\p{L}\p{N} '"]$/u.test(folded) ? folded : part
  })
}

/** ASCII on one line: most texts, and in no need of folding. */
function isPlain(text: string): boolean {
  return !/[^\x20-\x7e]|`| {2}/.test(text)
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}

function fold(text: string, inCase: (decomposed: string) => string): string {
  if (isAscii(text)) return asOne(inCase(text))
  const decomposed = inCase(fewMarks(asOne(fewMarks(fewPhrases(text))).normalize('NFKD')))
  return asOne(asOne(decomposed).normalize('NFKC'))
}

/** One kind of white space, quotation mark and hyphen, and nothing that cannot be seen. */
function asOne(text: string): string {
  return text
    .replaceAll(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replaceAll(/['`´\u02bc\u055a\u1fef\u1ffd\u2018-\u201b\u2032\u2035\u2039\u203a\uff07\uff40]/g, "'")
    .replaceAll(/["\u00ab\u00bb\u201c-\u201f\u2033\u2036\u300c-\u300f\u301d-\u301f\uff02]/g, '"')
    .replaceAll(/[\u2010\u2011\u2212]/g, '-')
    .replaceAll(/[\s\u0085]+/g, ' ')
}

/** The characters that stand for at least five others: Arabic phrases and Asian units. */
const phrases = /[\u321d\u321e\u327c\u3300-\u3357\u33ae\u33af\ufdfa\ufdfb]/g
const mostPhrases = 1000

/** Without more such characters than anybody reads: each becomes up to eighteen. */
function fewPhrases(text: string): string {
  if (text.length <= mostPhrases) return text
  let left = mostPhrases
  return text.replaceAll(phrases, phrase => ((left -= 1) < 0 ? '' : phrase))
}

/** Without what nobody could read: normalizing takes quadratic time over a run of marks. */
function fewMarks(text: string): string {
  return text.replaceAll(/(\p{M}{30})\p{M}+/gu, '$1')
}
