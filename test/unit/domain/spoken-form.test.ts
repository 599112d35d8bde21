import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spokenWords } from '../../../src/domain/spoken-form.js'

test.each([
  ['The 2nd of May.', 'the second of may'],
  ['Twenty-first', '21st'],
  ['It costs $20.', 'It costs twenty dollars'],
  ['$20.50', 'twenty dollars and fifty cents'],
  ['$1,200.00', 'one thousand two hundred dollars'],
  ['€5', 'five euros'],
  ['100', 'a hundred'],
  ['105', 'one hundred and five'],
  ['2,003', 'two thousand and three'],
  ['1990', 'nineteen ninety'],
  ['5551234', 'five five five one two three four'],
  ['555-1234', 'five five five, twelve thirty-four'],
  ['12', 'one two'],
  ['double five one', '551'],
  ['two oh five', '205'],
  ['AB12', 'A B one two'],
  ['A-B-1-2', 'AB 12'],
  ['C as in cat', 'C as in cat'],
  ['3:30 p.m.', 'three thirty PM'],
  ["3:00 o'clock", 'three'],
  ['5%', 'five percent'],
  ['1.5', 'one point five'],
  ["don't", 'dont'],
  ['Um, yes', 'yes'],
  ['maria@example.com', 'maria at example dot com'],
  ['Ｎｏ．５', 'no. 5'],
  ['Okay', 'ok'],
])('"%s" is spoken like "%s"', (written, spoken) => {
  expect(spokenWords(written)).toEqual(spokenWords(spoken))
})

test.each([
  ['fifteen', 'fifty'],
  ['twenty two', 'two twenty'],
  ['twenty one', 'twenty, two'],
  ['A B', 'A P'],
  ['can', "can't"],
  ['first', 'third'],
])('"%s" is not spoken like "%s"', (a, b) => {
  expect(spokenWords(a)).not.toEqual(spokenWords(b))
})

test.each([
  ['Hello, Maria Lopez!', ['hello', 'maria', 'lopez']],
  ['1990', ['1', '9', '9', '0']],
  ['twenty five and ten', ['2', '5', '1', '0']],
  ['You and I', ['you', 'and', 'i']],
  ['東京', ['東', '京']],
  ['', []],
])('"%s" is %j', (text, words) => {
  expect(spokenWords(text)).toEqual(words)
})

test('any whole number is spoken the same in digits and in words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), number => {
      expect(spokenWords(inWords(number))).toEqual(String(number).split(''))
    }),
  )
})

test('any text has words without blanks, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(spokenWords(text).filter(word => word.trim() !== word || word === '')).toEqual([])
    }),
  )
})

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

function inWords(number: number): string {
  if (number < 20) return small[number]!
  if (number < 100) return `${tens[Math.floor(number / 10) - 2]}${number % 10 ? `-${small[number % 10]}` : ''}`
  if (number < 1000) return `${small[Math.floor(number / 100)]} hundred${number % 100 ? ` and ${inWords(number % 100)}` : ''}`
  return `${inWords(Math.floor(number / 1000))} thousand${number % 1000 ? ` ${number % 1000 < 100 ? 'and ' : ''}${inWords(number % 1000)}` : ''}`
}
