import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pack, unpack } from '../../../../src/view/model/pack.js'

test('any value of JSON is the same when it is unpacked', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      // As it comes out of a file: JSON has no -0.
      const json = JSON.parse(JSON.stringify(value)) as unknown
      expect(unpack(JSON.parse(JSON.stringify(pack(json))))).toEqual(json)
    }),
  )
})

test.each([
  ['lone surrogates, NUL and overrides', { text: '\uD800a\uDC00 \0 \u202E</script><!--' }],
  ['a key that is __proto__', JSON.parse('{"__proto__": {"polluted": "yes"}, "constructor": "c"}')],
  ['lists in lists', { a: [[], [['x', { b: 'y' }]], null, true, 1.5] }],
  ['a text where another object has a number', [{ a: 'x' }, { a: 1 }, { a: null }]],
])('%s', (_, value) => {
  const again = unpack(JSON.parse(JSON.stringify(pack(value))))
  expect(JSON.stringify(again)).toBe(JSON.stringify(value))
  expect(({} as { polluted?: string }).polluted).toBeUndefined()
})

test('a text that occurs often is written once, and so are the keys of alike objects', () => {
  const sentence = 'What is your date of birth? '.repeat(10)
  const packed = pack(Array.from({ length: 100 }, (_, turn) => ({ type: 'said', turn, text: sentence })))
  expect(packed.texts).toEqual(['said', sentence])
  expect(packed.shapes).toEqual([['ttype', 'vturn', 'ttext']])
  expect(JSON.stringify(packed).length).toBeLessThan(2000)
})

test('an undefined property is left out', () => {
  expect(unpack(pack({ a: undefined, b: 'x' }))).toEqual({ b: 'x' })
})
