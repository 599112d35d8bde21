import { expect, test } from 'vitest'
import { sumErrors, wordErrors } from '../../../src/domain/word-errors.js'

test.each([
  ['I need to cancel my appointment.', 'i need to cancel my appointment', 6, 0],
  ['I need to cancel my appointment.', 'I need to council an appointment', 6, 2],
  ['I need to cancel', 'I need cancel', 4, 1],
  ['I need to cancel', 'I need to to cancel', 4, 1],
  ['It costs $20.', 'It costs twenty dollars.', 5, 0],
  ['Hello there', '', 2, 2],
  ['', 'you', 0, 1],
])('"%s", heard as "%s", is %d words with %d errors', (said, heard, words, errors) => {
  expect(wordErrors(said, heard)).toEqual({ words, errors })
})

test('errors add up', () => {
  expect(sumErrors([wordErrors('a b c d', 'abcd'), wordErrors('one two', 'one three')])).toEqual({ words: 3, errors: 1 })
})
