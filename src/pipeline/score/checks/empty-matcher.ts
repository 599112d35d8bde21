import { isBlank } from '../../../domain/fold-text.js'
import type { TextMatcher } from '../../../domain/text-matcher.js'
import type { Finding } from './finding.js'

/** A finding about a matcher whose placeholder was filled in with nothing, which is in every text, and which nobody says. */
export function emptyIn({ contains, equals, oneOf }: TextMatcher): Finding | undefined {
  const empty = { contains: isEmpty(contains), equals: isEmpty(equals), one_of: oneOf?.every(isEmpty) === true }
  const key = (['contains', 'equals', 'one_of'] as const).find(each => empty[each])
  return key && { holds: 'unknown', saw: () => `${key} is empty` }
}

function isEmpty(text: string | undefined): boolean {
  return text !== undefined && isBlank(text)
}
