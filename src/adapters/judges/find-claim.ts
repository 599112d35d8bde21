import { isJoiner, type OutcomeParts } from './outcome-parts.js'
import { subjectAt, type About } from './subjects.js'
import { isFiller, isSameWord, wordsOf, type Word } from './words.js'

/** Where a claim stands in an outcome. */
export interface FoundClaim {
  /** The first and the last of its parts. */
  readonly first: number
  readonly last: number
  /** Its words in the outcome, as they are written there, behind the subject if the claim has one of its own. */
  readonly text: string
  /** A subject that the outcome does not have there, or not in these words. */
  readonly ownSubject?: string
}

/** Finds a claim at the beginning of a part of an outcome, as one stretch that ends where a part ends. */
export function findClaim(claim: string, outcome: string, { words, parts }: OutcomeParts, first: number): FoundClaim | undefined {
  const part = parts[first]
  if (!part) return undefined
  const claimed = wordsOf(claim).filter(word => !isFiller(word, claim))
  const begins = behindJoiners(0)
  const subject = subjectAt(claimed, begins)
  const asWritten = found(begins, part.from)
  if (asWritten || !subject || part.about === undefined || subject.about !== part.about) return asWritten
  const behind = behindJoiners(begins + subject.length)
  const ownSubject = claim.slice(0, startWithFillers(claim, claimed[behind]))
  const repeated = found(behind, part.from + (subjectAt(words, part.from)?.length ?? 0))
  return repeated && { ...repeated, ownSubject }

  function found(claimFrom: number, from: number): FoundClaim | undefined {
    const to = endOf(claimed.slice(claimFrom), from)
    const last = parts.findIndex(each => each.to === to)
    return last < first ? undefined : { first, last, text: outcome.slice(startWithFillers(outcome, words[from]), words[to! - 1]?.end) }
  }

  function behindJoiners(from: number): number {
    let at = from
    while (isJoiner(claimed[at], claim)) at += 1
    return at
  }

  /** Where words of a claim end in the outcome, if they stand there one after the other. */
  function endOf(rest: readonly Word[], from: number): number | undefined {
    let at = from
    for (let i = 0; i < rest.length; at += 1) {
      const [word, source] = [rest[i], words[at]]
      if (!word || !source) return undefined
      const named = isSameWord(word.word, source.word) ? undefined : subjectAt(rest, i)
      if (named && (subjectAt(words, at)?.about !== 'pronoun' || named.about !== pronounAt(at))) return undefined
      if (!named && !isSameWord(word.word, source.word)) return undefined
      i += named?.length ?? 1
    }
    return at
  }

  function pronounAt(at: number): About | undefined {
    return parts.find(({ to }) => at < to)?.pronoun
  }
}

/** Where a word of a text begins, with the articles and the like before it, which are not among its words. */
function startWithFillers(text: string, word: Word | undefined): number {
  if (!word) return text.length
  const before = text.slice(Math.max(0, word.start - 40), word.start)
  return word.start - (/(?:\b(?:the|an?|must|should|shall|will|would)\s+)+$/i.exec(before)?.[0].length ?? 0)
}
