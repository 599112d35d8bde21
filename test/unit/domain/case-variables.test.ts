import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillIn } from '../../../src/domain/case-variables.js'

test('every placeholder is filled in, with or without spaces around its name', () => {
  const variables = { 'test_profile.name': 'Maria', 'test_profile.age': 36 }
  expect(fillIn('{{test_profile.name}}, {{ test_profile.age }}; {{test_profile.name}}', variables)).toBe('Maria, 36; Maria')
})

test('a value is put in as it is, whatever it looks like', () => {
  expect(fillIn('{{a}}', { a: '$& {{b}} $1' })).toBe('$& {{b}} $1')
  expect(fillIn('{{a}} {{b}}', { a: false, b: 0 })).toBe('false 0')
})

test('null is put in as nothing', () => {
  expect(fillIn('[{{a}}]', { a: null })).toBe('[]')
})

test.each(['{{nobody}}', '{{}}', '{{constructor}}', '{{__proto__}}', '{{a.b}}'])('the unknown name in %s is an error', text => {
  expect(() => fillIn(text, { a: 1 })).toThrow('has no value')
})

test('text without placeholders comes back unchanged', () => {
  fc.assert(
    fc.property(
      fc.string().filter(text => !text.includes('{{')),
      text => {
        expect(fillIn(text, {})).toBe(text)
      },
    ),
  )
})

test('no placeholder is left, and what stands around it is kept', () => {
  const plain = fc.string().filter(text => !/[{}]/.test(text))
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1 }), plain, (texts, value) => {
      expect(fillIn(texts.join('{{v}}'), { v: value })).toBe(texts.join(value))
    }),
  )
})
