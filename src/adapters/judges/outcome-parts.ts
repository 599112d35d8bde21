import { beginsAsDenial } from '../../domain/denials/beginning.js'
import { announcesWords } from './announces-words.js'
import { mayOpenClause } from './clause-words.js'
import { subjectAt, type About } from './subjects.js'
import { isFiller, wordsOf, type Word } from './words.js'

/** A part of an outcome between two places where it may be cut. */
export interface Part {
  /** Positions of its words, without what joins it to the part before. */
  readonly from: number
  readonly to: number
  /** What stands before it: the end of a sentence or of an item of a list, or a comma or `and`. */
  readonly behind: 'sentence' | 'comma'
  /** Whom it is about; absent if we do not know. Without a subject of its own, as the part before it in its sentence. */
  readonly about: About | undefined
  /** Whom a pronoun in it means: who was the subject last. */
  readonly pronoun: About
  /** It, or a part before it in its sentence, begins as a denial does, so what follows in the sentence may be denied too. */
  readonly isDenied: boolean
}

/** An outcome as words, and where it may be cut. */
export interface OutcomeParts {
  readonly words: readonly Word[]
  readonly parts: readonly Part[]
}

/**
 * Finds where an outcome may be cut into claims. What follows a sentence that announces words stays with it.
 *
 * @returns `undefined` if something may be said of all that follows, as in `The agent must not: ...`, so that it may not be cut at all.
 */
export function partsOf(outcome: string): OutcomeParts | undefined {
  if (isListOfSomething(outcome)) return undefined
  const words = wordsWithoutMarks(outcome)
  const colons = words.flatMap((_, at) => (at > 0 && /:\s|：/.test(gapAt(at)) ? [at] : []))
  const lead = colons.length === 0 ? undefined : subjectAt(words, 0)
  if (colons.some(at => at !== lead?.length)) return undefined

  const parts: Part[] = []
  let last: About = 'agent'
  let subject = ''
  for (let from = 0; from < words.length;) {
    const before = parts.at(-1)
    const behind = from === 0 ? 'sentence' : (cutAt(from) ?? 'comma')
    while (from > 0 && isJoiner(words[from], outcome)) from += 1
    if (from === words.length) break
    let to = from + 1
    while (to < words.length && (colons.includes(to) || cutAt(to) === undefined)) to += 1
    const own = subjectAt(words, from)
    const about = own === undefined ? (behind === 'comma' ? before?.about : lead?.about) : own.about === 'pronoun' ? last : own.about
    if (own !== undefined && own.about !== 'pronoun') last = own.about
    if (own !== undefined) subject = outcome.slice(words[from]?.start, words[from + own.length - 1]?.end)
    const text = outcome.slice(words[from]?.start, words[to - 1]?.end)
    if (announcesWords(text)) to = words.length
    const isDenial = beginsAsDenial(text) || (own === undefined && beginsAsDenial(`${subject} ${text}`))
    parts.push({ from, to, behind, about, pronoun: last, isDenied: isDenial || (behind === 'comma' && before?.isDenied === true) })
    from = to
  }
  return { words, parts }

  function gapAt(at: number): string {
    return outcome.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? outcome.length)
  }

  /** How an outcome may be cut before a word. */
  function cutAt(at: number): Part['behind'] | undefined {
    const before = words[at - 1]?.word ?? ''
    const gap = abbreviations.has(before) ? gapAt(at).replace(/^\./, '') : gapAt(at)
    const upToLetter = gap + (outcome[words[at]?.start ?? 0] ?? '')
    const isNewLine = /^[ \t]*\r?\n[ \t]*\p{Lu}/u.test(upToLetter) && !mayOpenClause(before) && !isJoiner(words[at - 1], outcome)
    if (isNewLine || endsSentence.test(upToLetter)) return 'sentence'
    return /[,;，、；\n]|[.!?…]\s/.test(gap) || isJoiner(words[at], outcome) ? 'comma' : undefined
  }
}

/** Whether items of a list stand below a line of text, or below another item. A line that ends with a colon is not looked at. */
function isListOfSomething(outcome: string): boolean {
  const lines = outcome.split('\n').filter(line => line.trim() !== '' && !/[:：]\s*$/.test(line))
  const items = lines.filter(line => listItem.test(line))
  const indents = new Set(items.map(line => line.search(/\S/)))
  const isBelow = (line: string): boolean => listItem.test(line) || /^\s/.test(line)
  return items.length > 0 && (indents.size > 1 || !lines.every(isBelow) || !listItem.test(lines[0] ?? ''))
}

const listItem = /^\s*(?:[-*•–]|(?:\p{N}{1,2}|\p{L})[.)])\s/u

/** The words of an outcome, without the numbers of a list. */
function wordsWithoutMarks(outcome: string): readonly Word[] {
  const marks = [...outcome.matchAll(listNumbers)].map(({ index, 0: mark }) => [index, index + mark.length] as const)
  return wordsOf(outcome).filter(word => !isFiller(word, outcome) && !marks.some(([from, to]) => word.start >= from && word.end <= to))
}

const listNumbers = /(?<=^|\n)[ \t]*(?:\p{N}{1,2}|\p{L})[.)](?=\s)/gu

/** What stands between two sentences, or two items of a list, up to the first letter of the second. */
const endsSentence = /[。！？]|[.!?…]\s+[^\s\p{Ll}]|\n\s*(?:[-*•–]|(?:\p{N}{1,2}|\p{L})[.)])\s|\n\s*\n/u

/** Words whose full stop ends no sentence. */
const abbreviations = new Set('mr mrs ms dr st no nr nos sr sra hr fr prof vs etc approx'.split(' '))

/** Whether a word of a text only joins two parts. The `e` of `e-mail` does not. */
export function isJoiner(word: Word | undefined, text: string): boolean {
  return word !== undefined && joiners.has(word.word) && /^\s/.test(text.slice(word.end, word.end + 1))
}

const joiners = new Set(
  'and but also then und aber sowie dann y pero luego et mais puis e ed ma poi mas depois en maar dan oraz og och ve и'.split(' '),
)
