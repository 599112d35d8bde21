import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deepestNesting, isJsonTooDeep, isTooDeep } from '../../../src/domain/nesting.js'

const texts = fc.oneof(fc.string(), fc.constantFrom('[', '{', ']', '}', '"', '\\', '\\"', '["', '\\\\"]'), fc.string({ unit: 'binary' }))

/** A value within some more lists and maps. */
const values = fc
  .record({
    inner: fc.oneof(texts, fc.jsonValue()),
    around: fc.array(fc.oneof(fc.constant(null), texts), { minLength: deepestNesting - 3, maxLength: deepestNesting + 3 }),
    isShallow: fc.boolean(),
  })
  .map(({ inner, around, isShallow }) =>
    (isShallow ? around.slice(0, 3) : around).reduce<unknown>((value, key) => (key === null ? [value] : { [key]: value }), inner),
  )

test('what a text of JSON says of its depth is what its value says', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, 1), (value, space) => {
      expect(isJsonTooDeep(JSON.stringify(value, null, space))).toBe(isTooDeep(JSON.parse(JSON.stringify(value))))
    }),
  )
})

test.each([
  ['[', true],
  ['[]', false],
  ['"[",', false],
])('half a million of %s are told without being parsed', (piece, isDeep) => {
  expect(isJsonTooDeep(piece.repeat(500_000))).toBe(isDeep)
})
