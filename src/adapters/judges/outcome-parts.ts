import { beginsAsDenial } from '../../domain/denials/beginning.js'
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
 * Finds where an outcome may be cut into claims.
 *
 * @returns `undefined` if something is said of all that follows, as in `The agent must not: ...`, so that it may not be cut at all.
 */
export function partsOf(outcome: string): OutcomeParts | undefined {
  const marks = [...outcome.matchAll(listNumbers)].map(({ index, 0: mark }) => [index, index + mark.length] as const)
  const words = wordsOf(outcome).filter(
    word => !isFiller(word, outcome) && !marks.some(([from, to]) => word.start >= from && word.end <= to),
  )
  const gap = (at: number): string => outcome.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? outcome.length)
  const colon = words.findIndex((_, at) => at > 0 && /[:：](?:\s|$)/.test(gap(at)))
  const lead = colon === -1 ? undefined : subjectAt(words, 0)
  if (colon !== -1 && lead?.length !== colon) return undefined
  if (words.some((_, at) => at > 0 && at !== colon && /[:：](?:\s|$)/.test(gap(at)))) return undefined

  const parts: Part[] = []
  let last: About = 'agent'
  let subject = ''
  for (let from = 0; from < words.length;) {
    const before = parts.at(-1)
    const behind = from === 0 || endsSentence(gap(from) + outcome[words[from]?.start ?? 0]) ? 'sentence' : 'comma'
    while (from > 0 && isJoiner(words[from], outcome)) from += 1
    if (from === words.length) break
    let to = from + 1
    while (to < words.length && (to === colon || !mayCut(to))) to += 1
    const own = subjectAt(words, from)
    const about = own === undefined ? (behind === 'comma' ? before?.about : lead?.about) : own.about === 'pronoun' ? last : own.about
    if (own !== undefined && own.about !== 'pronoun') last = own.about
    if (own !== undefined) subject = outcome.slice(words[from]?.start, words[from + own.length - 1]?.end)
    const text = outcome.slice(words[from]?.start, words[to - 1]?.end)
    const isDenial = beginsAsDenial(text) || (own === undefined && beginsAsDenial(`${subject} ${text}`))
    parts.push({ from, to, behind, about, pronoun: last, isDenied: isDenial || (behind === 'comma' && before?.isDenied === true) })
    from = to
  }
  return { words, parts }

  function mayCut(at: number): boolean {
    return /[,;，、；。！？\n]|[.!?…]\s/.test(gap(at)) || isJoiner(words[at], outcome)
  }
}

/** Whether what stands between two words, up to the first letter of the second, ends a sentence or an item of a list. */
function endsSentence(gap: string): boolean {
  return /[。！？]|[.!?…]\s+[^\s\p{Ll}]|\n\s*(?:[-*•–]|[\p{L}\p{N}]{1,2}[.)])\s|\n\s*\n/u.test(gap)
}

/** Whether a word of a text only joins two parts. The `e` of `e-mail` does not. */
export function isJoiner(word: Word | undefined, text: string): boolean {
  return word !== undefined && joiners.has(word.word) && /^\s/.test(text.slice(word.end, word.end + 1))
}

const joiners = new Set(
  'and but also then und aber sowie dann y pero luego et mais puis e ed ma poi mas depois en maar dan oraz og och ve и'.split(' '),
)

const listNumbers = /(?<=^|\n)[ \t]*[\p{L}\p{N}]{1,2}[.)](?=\s)/gu
