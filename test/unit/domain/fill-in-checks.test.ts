import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPatterns } from '../../../src/adapters/patterns/re2.js'
import { fillInAssertion, fillInMatcher, textsOfAssertion, unfilledIn } from '../../../src/domain/fill-in-checks.js'
import { FilledValue } from '../../../src/domain/filled-value.js'
import type { Assertion } from '../../../src/domain/assertion.js'
import { textMatches } from '../../../src/domain/text-matcher.js'

const at = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }
const { search } = createPatterns()

/** A text with some placeholders, one of which may be without a value. */
const text = fc
  .array(fc.constantFrom('Order ', '{{test_profile.order}}', '{{ test_profile.name }}', '{{scenario.key}}', '{{test_profile.none}}', '.'), {
    minLength: 1,
    maxLength: 4,
  })
  .map(parts => parts.join(''))
const values = { 'test_profile.order': 1002, 'test_profile.name': 'Maria', 'scenario.key': 'cancel' }

const matcher = fc.record({ contains: text, matches: text, equals: text, oneOf: fc.array(text) }, { requiredKeys: [] })
const leaf: fc.Arbitrary<Assertion> = fc.oneof(
  matcher.map(each => ({ at, kind: 'agent_says' as const, matcher: each })),
  matcher.map(each => ({ at, kind: 'caller_says' as const, matcher: each })),
  fc
    .tuple(text, fc.dictionary(text, fc.oneof(text, fc.array(text), fc.dictionary(text, text))), text)
    .map(([name, args, after]) => ({ at, kind: 'tool_called' as const, call: { name, arguments: args, after } })),
  fc.tuple(text, text, matcher).map(([pointer, equals, each]) => ({ at, kind: 'metadata' as const, pointer, equals, matcher: each })),
  text.map(equals => ({ at, kind: 'metric' as const, name: 'topic', bounds: {}, equals })),
)
const { assertion } = fc.letrec<{ assertion: Assertion }>(tie => ({
  assertion: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie('assertion').map(each => ({ at, kind: 'not' as const, assertion: each })),
    fc.array(tie('assertion'), { maxLength: 3 }).map(assertions => ({ at, kind: 'any' as const, assertions })),
  ),
}))

test('no placeholder is left anywhere in an assertion but those without a value, and those are named', () => {
  fc.assert(
    fc.property(assertion, written => {
      const filled = textsOfAssertion(fillInAssertion(written, values))
      const isMissing = textsOfAssertion(written).some(each => each.includes('test_profile.none'))
      expect(unfilledIn(filled)).toBe(isMissing ? '{{test_profile.none}}' : undefined)
    }),
    { numRuns: 2000 },
  )
})

test('a value in a pattern stands for itself, whatever signs are in it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), value => {
      fc.pre(!value.includes('{{'))
      const filled = fillInMatcher({ matches: '^<{{test_profile.x}}>$' }, { 'test_profile.x': value })
      expect(textMatches(filled, `<${value}>`, search)).toBe(true)
      expect(textMatches(filled, `<${value}x>`, search)).toBe(false)
    }),
  )
})

test('an argument that is nothing but a placeholder is the value itself, marked as filled in', () => {
  const call = { name: 'cancel', arguments: { id: '{{test_profile.order}}', note: 'no {{test_profile.order}}' } }
  expect(fillInAssertion({ at, kind: 'tool_called', call }, values)).toMatchObject({
    call: { arguments: { id: new FilledValue(1002), note: 'no 1002' } },
  })
})
