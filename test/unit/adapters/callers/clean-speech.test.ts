import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanSpeech, longestSpeech } from '../../../../src/adapters/callers/clean-speech.js'
import { parseUtterance } from '../../../../src/pipeline/load/utterance/parse-utterance.js'

test.each([
  ['Caller: I want a refund.', 'I want a refund.'],
  ['**Customer:** I want a refund.', 'I want a refund.'],
  ['"I want a refund."', 'I want a refund.'],
  ['“Caller: I want a refund.”', 'I want a refund.'],
  ['"Yes", he said, "no"', '"Yes", he said, "no"'],
  ['*sighs* I want a **full** refund.', 'I want a full refund.'],
  ['[pause] Well. (sighs heavily) No.', 'Well. No.'],
  ['I paid (twice) on [order 12]. (savings account)', 'I paid (twice) on [order 12]. (savings account)'],
  ['I do *not* want a `voucher`. 5*3*2', 'I do not want a voucher. 5*3*2'],
  ['Bye. <endcall/>', 'Bye.'],
  ['Bye. <end<endcall/>call/>', 'Bye.'],
  ['I have <b>no</b> idea.', 'I have no idea.'],
  ['It is 3 < 4, and a <3', 'It is 3 < 4, and a <3'],
  ['Two\nlines  and\ttabs', 'Two lines and tabs'],
  ['Customer service is bad.', 'Customer service is bad.'],
  ['  ', ''],
])('%j is said as %j', (text, said) => {
  expect(cleanSpeech(text)).toBe(said)
})

test('what is too long ends with a sentence, or with a word', () => {
  const sentences = cleanSpeech('I was charged twice. '.repeat(100))
  expect(sentences).toMatch(/twice\.$/)
  expect(cleanSpeech('word '.repeat(1000))).toMatch(/word$/)
  expect(cleanSpeech('x'.repeat(5000)).length).toBeLessThanOrEqual(longestSpeech)
})

const pieces = fc.constantFrom(
  '<endcall/>',
  '<',
  '>',
  '/>',
  '<hold time="2s"/>',
  '<dtmf digits="1"/>',
  '<spell>',
  '</spell>',
  'Caller:',
  '"',
  '*',
  '[',
  ']',
  '(',
  ')',
  '\n',
  ' ',
  'endcall',
  '{{',
  'word',
  '7',
)
const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 30 }).map(each => each.join('')),
)

test('whatever a model says, no tag is left in it that could act, it is one line, and not too long', () => {
  fc.assert(
    fc.property(texts, text => {
      const said = cleanSpeech(text)
      const { parts, mistakes } = parseUtterance(said, true)
      expect(parts.filter(({ type }) => type !== 'text')).toEqual([])
      expect(mistakes).toEqual([])
      expect(said).not.toMatch(/[\n\r]/)
      expect(said).toBe(said.trim())
      expect(said.length).toBeLessThanOrEqual(longestSpeech)
    }),
  )
})

test('what is clean stays as it is', () => {
  fc.assert(
    fc.property(texts, text => {
      expect(cleanSpeech(cleanSpeech(text))).toBe(cleanSpeech(text))
    }),
  )
})

test('plain words, and every digit in them, are kept', () => {
  const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(words, list => {
      expect(cleanSpeech(list.join(' '))).toBe(list.join(' '))
    }),
  )
})
