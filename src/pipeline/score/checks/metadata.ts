import type { Assertion } from '../../../domain/assertion.js'
import { jsonEqual } from '../../../domain/json-equal.js'
import { textMatches } from '../../../domain/text-matcher.js'
import { unseenDifference, unseenInequality } from '../../../domain/unseen-difference.js'
import type { Patterns } from '../../../ports/patterns.js'
import type { SortedTranscript } from '../sorted-transcript.js'
import { resolvePointer } from '../../../domain/json-pointer.js'
import { finding, type Finding } from './finding.js'
import { hasMark, undecided } from './masked.js'

type MetadataAssertion = Extract<Assertion, { kind: 'metadata' }>

/** Checks a value of the agent's metadata, merged over the whole call. Only a text can match a text matcher. */
export function checkMetadata(asked: MetadataAssertion, { transcript, wording, isStored }: SortedTranscript, patterns: Patterns): Finding {
  const { pointer, exists, matcher } = asked
  const search: Patterns['search'] = (regex, text) => patterns.search(regex, text)
  const value = resolvePointer(transcript.metadata, pointer)
  if (isStored && (matcher || 'equals' in asked) && hasMark(value)) return undecided()
  const holds =
    (exists === undefined || exists === (value !== undefined)) &&
    (!('equals' in asked) || jsonEqual(value, asked.equals)) &&
    (!matcher || (typeof value === 'string' && textMatches(matcher, value, search)))
  const difference = (): string | undefined => {
    if (typeof value !== 'string') return undefined
    const { equals } = asked
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
