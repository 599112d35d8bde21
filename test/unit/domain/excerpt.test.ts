import { expect, test } from 'vitest'
import { endSentence, excerpt } from '../../../src/domain/excerpt.js'

test('an excerpt is one line, and cut to length', () => {
  expect(excerpt(' a\r\n\tb\u0000\u001bc ', 10)).toBe('a b c')
  expect(excerpt('x'.repeat(100), 10)).toBe(`${'x'.repeat(10)}...`)
  expect(excerpt(' '.repeat(1_000_000), 10)).toBe('...')
})

test.each([
  ['It is over', 'It is over.'],
  ['It is over.', 'It is over.'],
  ['It said "No."', 'It said "No."'],
  ['It said "No"', 'It said "No".'],
])('%s ends as a sentence: %s', (text, sentence) => {
  expect(endSentence(text)).toBe(sentence)
})
