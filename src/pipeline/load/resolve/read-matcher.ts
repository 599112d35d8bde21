import { exactJson } from '../exact-json.js'
import type { Bounds, ToolCallMatcher } from '../../../domain/assertion.js'
import type { Bounds as RawBounds, Count, TextMatcher as RawMatcher, ToolCalled } from '../../../domain/generated/suite.js'
import { foldPattern, isBlank } from '../../../domain/fold-text.js'
import { placeholder } from '../../../domain/placeholder.js'
import type { TextMatcher } from '../../../domain/text-matcher.js'
import { checkTemplates, checkTemplatesIn } from '../utterance/read-utterance.js'
import { checkIncludes } from './check-includes.js'
import type { Context } from '../context.js'
import { given } from '../loose.js'
import type { Loose } from '../loose.js'

/** Reads a text matcher. @param isOfCase  Whether all runs of a case share it; see `Speaker`. */
export function readMatcher(raw: Loose<RawMatcher>, context: Context, isOfCase: boolean): TextMatcher {
  const oneOf = raw.one_of?.flatMap(text => text ?? [])
  checkTemplatesIn(raw, 'one_of', context)
  checkTemplates(raw, 'equals', context, { hasId: true, ...(isOfCase && { isOfCase }) })
  return given({ ...readSearch(raw, context, isOfCase), equals: raw.equals, oneOf })
}

/** Reads the part of a matcher that searches in a text. */
export function readSearch(raw: Loose<Pick<RawMatcher, 'contains' | 'matches'>>, context: Context, isOfCase: boolean): TextMatcher {
  const { places, problems } = context
  const { contains, matches } = raw
  // What nobody sees is in every text.
  if (contains !== undefined && isBlank(contains)) problems.report('TEXT_BLANK', { key: 'contains' }, places.value(raw, 'contains'))
  checkPattern(raw, 'matches', context)
  for (const key of ['contains', 'matches'] as const) checkTemplates(raw, key, context, { hasId: true, ...(isOfCase && { isOfCase }) })
  return given({ contains, matches })
}

/** Reports a pattern that is not RE2 syntax. */
function checkPattern<Key extends string>(map: { readonly [Name in Key]?: string | undefined }, key: Key, context: Context) {
  const pattern = map[key]
  if (pattern === undefined) return
  try {
    // A value stands for itself in a pattern, as a letter does.
    const written = pattern.replaceAll(placeholder, 'x')
    context.tryPattern(written)
    context.tryPattern(foldPattern(written))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // Look-around, back-references: features of other engines that RE2 lacks.
    const otherEngine = /\(\?<?[=!]|\\[1-9]|\\k<|\(\?>|[*+?}]\+/.test(pattern)
    context.problems.report('PATTERN_INVALID', { pattern, reason: error.message, otherEngine }, context.places.value(map, key))
  }
}

export function readToolCall(raw: Loose<ToolCalled>, context: Context): ToolCallMatcher {
  for (const key of ['name', 'arguments', 'after'] as const) checkTemplatesIn(raw, key, context)
  checkIncludes(raw, 'arguments', context)
  return {
    name: raw.name ?? '',
    ...given({
      arguments: exactJson(raw, 'arguments', context.places) as ToolCallMatcher['arguments'],
      times: raw.times === undefined ? undefined : readCount(raw.times, context),
      after: raw.after,
    }),
  }
}

export function readCount(raw: Loose<Count>, context: Context): Bounds {
  return typeof raw === 'number' ? { min: raw, max: raw } : readBounds(raw, context)
}

export function readBounds(raw: Loose<RawBounds>, context: Context): Bounds {
  const bounds = given({ min: raw.min, max: raw.max })
  checkBounds(bounds, raw, context)
  return bounds
}

/** Reports bounds that no value satisfies. */
export function checkBounds({ min, max }: Bounds, raw: object, { places, problems }: Context) {
  if (min !== undefined && max !== undefined && min > max) {
    problems.report('BOUNDS_CROSSED', {}, places.value(raw, 'min'))
  }
}
