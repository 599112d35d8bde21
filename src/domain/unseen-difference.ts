import { foldForm, foldPattern, foldText } from './fold-text.js'
import { textMatches, type Search, type TextMatcher } from './text-matcher.js'

/** Letters and signs that look like others, each followed by the one it looks like; letters in lower case. */
const alike =
  'аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwвbнhкkмmтtӏlԍg' + // Cyrillic
  'αaβbεeζzηhιiκkμmνnοoρpτtυyχx' + // Greek
  'օoհhոnսuցgɑaɡgɩiʏy' + // Armenian, phonetic
  '‒-–-—-―-⁃-⁄/∕/∶:ː:꞉:ǃ!।|⠀ '

const looks = new Map(Array.from({ length: alike.length / 2 }, (_, i) => [alike.charAt(2 * i), alike.charAt(2 * i + 1)]))

/** In longer texts nobody looks for such a difference, and to find it takes long. */
const longestText = 100_000
/** How many differences are spelled out. */
const mostSpelled = 3

/**
 * For a text that does not match, though it looks as if it did: the code points that make the difference. `undefined` if the
 * difference can be seen.
 */
export function unseenDifference(matcher: TextMatcher, text: string, search: Search): string | undefined {
  const { contains, equals, oneOf, matches } = matcher
  // Everything in ASCII can be seen, and most texts are.
  if ([text, contains, equals, matches, ...(oneOf ?? [])].every(each => each === undefined || /^[\s\x20-\x7e]*$/.test(each)))
    return undefined
  if (text.length > longestText || textMatches(matcher, text, search)) return undefined
  const folded = foldText(text)
  for (const wanted of [contains, equals, ...(oneOf ?? [])]) {
    if (wanted === undefined) continue
    const difference = between(folded, foldText(wanted), wanted === contains)
    if (difference !== undefined) return difference
  }
  if (matches === undefined) return undefined
  const form = seen(foldForm(text))
  const strange = form.letters.filter(({ letter, look }) => letter !== look).map(({ letter }) => point(letter))
  if (strange.length === 0 || !search(foldPattern(matches), form.text)) return undefined
  return `it would match but for ${[...new Set(strange)].slice(0, mostSpelled).join(', ')}, which looks like another character or like none`
}

/** The same for two texts that are not equal, compared as they are. */
export function unseenInequality(found: string, wanted: string): string | undefined {
  if (found === wanted || seen(foldForm(found)).text.trim() !== seen(foldForm(wanted)).text.trim()) return undefined
  const [here, there] = [Array.from(found), Array.from(wanted)]
  let start = 0
  while (start < here.length && here[start] === there[start]) start += 1
  let end = 0
  while (end < Math.min(here.length, there.length) - start && here.at(-1 - end) === there.at(-1 - end)) end += 1
  const spelled = (letters: readonly string[]): string => {
    const differing = letters.slice(start, letters.length - end).map(point)
    return [...differing.slice(0, mostSpelled), ...(differing.length > mostSpelled ? ['...'] : [])].join(' ') || 'nothing'
  }
  return `it has ${spelled(here)} where the check has ${spelled(there)}`
}

/** The differences of a folded text from a stretch of it that looks like what is wanted, or from the whole. */
function between(folded: string, wanted: string, isPart: boolean): string | undefined {
  const [found, sought] = isPart ? [seen(folded), seen(wanted)] : [seen(folded.trim()), seen(wanted.trim())]
  const start = isPart ? found.text.indexOf(sought.text) : found.text === sought.text ? 0 : -1
  if (start < 0 || sought.text === '') return undefined
  const [here, there] = [lettersAt(found, start, sought.text.length), lettersAt(sought, 0, sought.text.length)]
  const pairs = Array.from({ length: sought.text.length }, (_, i) => [here[i] ?? '', there[i] ?? ''] as const)
  const differing = pairs.filter(([a, b]) => a !== b).map(([a, b]) => `${points(a)} where the check has ${points(b)}`)
  return differing.length === 0 ? undefined : `it has ${[...new Set(differing)].slice(0, mostSpelled).join(', ')}`
}

/** A text as it looks. */
interface Seen {
  readonly text: string
  readonly letters: readonly { readonly letter: string; readonly look: string }[]
}

function seen(text: string): Seen {
  const letters = Array.from(text, letter => ({ letter, look: lookOf(letter) }))
  return { text: letters.map(({ look }) => look).join(''), letters }
}

/** Empty for what cannot be seen. */
function lookOf(letter: string): string {
  if (/[\p{Cc}\p{Cf}]/u.test(letter)) return ''
  const lower = letter.toLowerCase()
  const look = looks.get(lower)
  return look === undefined ? letter : lower === letter ? look : look.toUpperCase()
}

/** For each code unit of a stretch of what is seen: what stands there, with everything unseen before it. */
function lettersAt({ letters }: Seen, start: number, length: number): string[] {
  const at: string[] = []
  let unseen = ''
  for (const { letter, look } of letters) {
    if (look === '') unseen += letter
    for (const unit of look.split('')) at.push(unit === look[0] ? unseen + letter : '')
    if (look !== '') unseen = ''
  }
  return at.slice(start, start + length)
}

function points(letters: string): string {
  return Array.from(letters, point).join(' ') || 'nothing'
}

function point(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
