import type { Assertion } from '../../../domain/assertion.js'
import { asGiven } from '../../../domain/filled-value.js'
import { jsonEqual } from '../../../domain/json-equal.js'
import { textMatches } from '../../../domain/text-matcher.js'
import { unseenDifference, unseenInequality } from '../../../domain/unseen-difference.js'
import { saysSomething } from '../../../domain/wire/fields.js'
import type { Patterns } from '../../../ports/patterns.js'
import type { SortedTranscript } from '../sorted-transcript.js'
import { resolvePointer } from '../../../domain/json-pointer.js'
import { emptyIn } from './empty-matcher.js'
import { finding, type Finding } from './finding.js'
import { hasMark, meetsMaskedKey, undecided } from './masked.js'

type MetadataAssertion = Extract<Assertion, { kind: 'metadata' }>

/**
 * Checks a value of the agent's metadata, merged over the whole call. Only a text can match a text matcher; whether another value says
 * what must not be said is unknown.
 *
 * @param isNegated  Whether a match is what must not be. Then a value that a variable filled in matches whatever reads like it.
 */
export function checkMetadata(
  asked: MetadataAssertion,
  { transcript, wording, isStored }: SortedTranscript,
  patterns: Patterns,
  isNegated: boolean,
): Finding {
  const { pointer, exists, matcher } = asked
  const empty = matcher && emptyIn(matcher)
  if (empty) return empty
  const search: Patterns['search'] = (regex, text) => patterns.search(regex, text)
  const value = resolvePointer(transcript.metadata, pointer)
  const asksForValue = matcher !== undefined || 'equals' in asked
  if (isStored && ((asksForValue && hasMark(value)) || meetsMaskedKey(transcript.metadata, pointer))) return undecided()
  const holdsOtherwise =
    (exists === undefined || exists === (value !== undefined)) &&
    (!('equals' in asked) || jsonEqual(value, asked.equals, isNegated ? 'any' : 'given'))
  if (isNegated && matcher && holdsOtherwise && typeof value !== 'string' && saysSomething(value)) {
    return { holds: 'unknown', saw: () => `it is ${wording.inline(value)}, which is no text to search` }
  }
  const holds = holdsOtherwise && (!matcher || (typeof value === 'string' && textMatches(matcher, value, search)))
  const difference = (): string | undefined => {
    if (typeof value !== 'string') return undefined
    const equals = asGiven(asked.equals)
    return (
      (typeof equals === 'string' ? unseenInequality(value, equals) : undefined) ?? (matcher && unseenDifference(matcher, value, search))
    )
  }
  return finding(holds, () => {
    if (value === undefined) return 'there is no such value'
    const unseen = difference()
    return `it is ${wording.inline(value)}${unseen === undefined ? '' : `, which only looks like it: ${unseen}`}`
  })
}
