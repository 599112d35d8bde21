import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyTwiceIn } from '../../../src/domain/json-value.js'

const key = fc.oneof(fc.constantFrom('1', 'verdict', 'a"b', 'a\\', '{', ':', '__proto__', ''), fc.string({ maxLength: 3 }))
/** JSON in which a key is only given twice on purpose, and whether it is. */
const { json } = fc.letrec<{ json: readonly [text: string, hasTwice: boolean] }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)).map(leaf => [JSON.stringify(leaf), false] as const),
    fc
      .array(tie('json'), { maxLength: 4 })
      .map(items => [`[${items.map(([text]) => text).join(', ')}]`, items.some(([, twice]) => twice)] as const),
    fc.array(fc.tuple(key, tie('json')), { maxLength: 5 }).map(entries => {
      const text = entries.map(([name, [value]]) => `${JSON.stringify(name)} : ${value}`).join(',')
      const names = entries.map(([name]) => name)
      return [`{${text}}`, new Set(names).size < names.length || entries.some(([, [, twice]]) => twice)] as const
    }),
  ),
}))

test('a key that an object has twice is found, wherever it stands, and no other', () => {
  const property = fc.property(json, ([text, hasTwice]) => {
    JSON.parse(text)
    expect(keyTwiceIn(text) !== undefined).toBe(hasTwice)
  })
  expect(fc.check(property, { numRuns: 1000 }).counterexample).toBeNull()
})

test('keys are compared as they are meant, and one of many braces is no trouble', () => {
  expect(keyTwiceIn('{"a":1,"\\u0061":2}')).toBe('a')
  expect(keyTwiceIn('{"a":{"a":[{"a":"a\\":"}]},"b":"a"}')).toBeUndefined()
  expect(keyTwiceIn(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined()
  expect(keyTwiceIn(JSON.stringify({ text: '\\"'.repeat(500_000) }))).toBeUndefined()
})
