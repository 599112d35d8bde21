import fc from 'fast-check'
import { expect, it } from 'vitest'
import { segmentedWordsOf, wordsOf } from '../../../../src/adapters/judges/words.js'

const letters = Array.from('abzABZ019éßøÆ .,;:!?()"\'-\n\t/_’·ªµ×÷ɏĀ你กа')

it('finds the words that Unicode finds, whatever stands between them', () => {
  const texts = fc.array(fc.constantFrom(...letters), { maxLength: 40 }).map(each => each.join(''))
  fc.assert(
    fc.property(texts, text => {
      expect(wordsOf(text)).toEqual(segmentedWordsOf(text))
    }),
    { numRuns: 5000 },
  )
})

it.each([
  ['Please cancel it, or call (soon): 10 a.m. is fine.', ['please', 'cancel', 'it', 'or', 'call', 'soon', '10', 'a.m', 'is', 'fine']],
  ['The fee is 10,000.50 for a follow-up.', ['the', 'fee', 'is', '10,000.50', 'for', 'a', 'follow', 'up']],
  ['Die Tür ist zu!', ['die', 'tür', 'ist', 'zu']],
])('%s', (text, words) => {
  expect(wordsOf(text).map(({ word }) => word)).toEqual(words)
})
