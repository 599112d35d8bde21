import { foldText } from '../../domain/fold-text.js'

/** A word of a text, folded, and where it stands in the text. */
export interface Word {
  readonly word: string
  readonly start: number
  readonly end: number
}

/** The words of a text. Scripts without spaces are cut into words too. */
export function wordsOf(text: string): readonly Word[] {
  const found = known.get(text)
  if (found) return found
  const words = needsRules.test(text) ? segmentedWordsOf(text) : plainWordsOf(text)
  if (text.length > longestKept) return words
  if (known.size >= mostKept) known.clear()
  known.set(text, words)
  return words
}

/** Each rule about a caller reads all of its lines again, and a caller's instructions. */
const known = new Map<string, readonly Word[]>()
const mostKept = 500
/** In characters. */
const longestKept = 4000

/** A text as nothing but its words, folded, with a blank between them. */
export function wordsAlone(text: string): string {
  return wordsOf(text)
    .map(({ word }) => word)
    .join(' ')
}

/** Anything but Latin letters, digits and signs that never join two of them into one word. */
const needsRules = /[^A-Za-z0-9À-ÖØ-öø-ɏ\s.,;:!?()"-]|[.,;:]\S/
const plainWord = /[A-Za-z0-9À-ÖØ-öø-ɏ]+/g

/** As {@link segmentedWordsOf}, in a tenth of the time. */
function plainWordsOf(text: string): readonly Word[] {
  return Array.from(text.matchAll(plainWord), ({ 0: word, index: start }) => ({
    word: foldText(word),
    start,
    end: start + word.length,
  }))
}

/** By Unicode's rules (UAX 29), which know scripts without spaces. */
export function segmentedWordsOf(text: string): readonly Word[] {
  return [...text.matchAll(pieces)].flatMap(({ 0: piece, index: start }) =>
    [...segmenter().segment(piece)].flatMap(({ segment, index, isWordLike }) =>
      isWordLike ? [{ word: foldText(segment), start: start + index, end: start + index + segment.length }] : [],
    ),
  )
}

/** Made when it is first needed: the first use of Intl takes longer than a small suite. */
let madeSegmenter: Intl.Segmenter | undefined
function segmenter(): Intl.Segmenter {
  return (madeSegmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' }))
}

/** Stretches that end behind white space where they can: every segment keeps all of its text, so a long one would take quadratic time. */
const pieces = /[^]{1,200}\S{0,200}\s?/gu

/** Whether two words are the same but for an ending: `ask` and `asks`, `apologise` and `apologised`. What has a digit in it has to be equal. */
export function isSameWord(one: string, other: string): boolean {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length === 3 && /^\p{L}+$/u.test(long)) return long === `${short}s`
  return short.length >= 4 && !/\p{N}/u.test(long) && long.length - short.length <= 3 && long.startsWith(short.slice(0, -1))
}

/** Whether a word of a text may be left out or added: an article, or a verb such as `should`. The `A` of `A-1042` may not. */
export function isFiller({ word, end }: Word, text: string): boolean {
  return fillers.has(word) && !/^[-\p{N}]/u.test(text.slice(end, end + 1))
}

const fillers = new Set('the a an must should shall will would'.split(' '))

/** Whether a word says something by itself, in the languages we know. Words that deny, order or limit do. */
export function hasContent(word: string): boolean {
  return !stopWords.has(word)
}

const negations = new Set(
  (
    'never not no nor none nothing nobody cannot without avoids refrains ' +
    'nie niemals nicht kein keine keinen keinem keiner keines nichts ohne nunca jamás ningún ninguna nada sin ' +
    'ne pas jamais aucun aucune rien sans non mai nessun nessuna niente senza não nenhum nenhuma sem nooit niet geen niets zonder'
  ).split(' '),
)

const stopWords = new Set(
  (
    'a an the and or then that which who this these those it its he his him she her they their them you your we our i my me ' +
    'is are was were be been being am has have had do does did will would shall should must may might can could to of in on at by for from with as ' +
    'der die das den dem des ein eine einen einem einer und oder dass er sie es ihr ihm ihn sein ist sind war wird werden hat haben zu von im in am an auf mit für ' +
    'el la los las un una unos y e o u que de del al en con por para su sus lo le se es son ha ' +
    'le les un une des et ou du au aux en dans avec pour par sa son ses il elle est sont a ' +
    'il lo gli i un uno e ed o di da in con per su del della al alla suo sua è sono ha ' +
    'os as um uma e ou do da dos das no na ao à em com por seu sua é são foi ' +
    'de het een en of van op aan met voor hij zij ze hun zijn is was heeft'
  ).split(' '),
)
for (const word of negations) stopWords.delete(word)
