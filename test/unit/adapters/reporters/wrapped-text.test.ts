import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrapText } from '../../../../src/adapters/reporters/wrapped-text.js'

test('a text is broken between words, and goes on under its indent', () => {
  expect(wrapText('  one two three four', 10, '    ')).toBe('  one two\n    three\n    four')
})

test('no line is wider than asked, unless one word is, and no word is lost', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 14 })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), fc.integer({ min: 5, max: 30 }), fc.nat(4), (words, width, indent) => {
      const wrapped = wrapText(words.join(' '), width, ' '.repeat(indent))
      expect(wrapped.trim().split(/\s+/)).toEqual(words)
      const tooWide = wrapped.split('\n').filter(line => line.length > width)
      expect(tooWide.filter(line => line.trim().includes(' '))).toEqual([])
    }),
  )
})
