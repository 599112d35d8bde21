import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalisePhoneNumber } from '../../../src/domain/phone-number.js'

test.each([
  ['+15555550100', '+15555550100'],
  ['+1 (555) 555-0100', '+15555550100'],
  [' +1.555.555.0100 ', '+15555550100'],
  ['0049 30 1234567', '+49301234567'],
  ['+49 (0)30/123 45 67', '+49301234567'],
  ['tel:+1-555-555-0100', '+15555550100'],
  ['+1\u00A0555\u2011555\u20130100', '+15555550100'],
])('%s is %s', (spelled, number) => {
  expect(normalisePhoneNumber(spelled)).toBe(number)
})

test.each(['', ' ', '5555550100', '(555) 555-0100', '+0123', '+1', '+1234567890123456', '+1555CALLNOW', '++15555550100', '+1,555'])(
  '%j is none',
  spelled => {
    expect(normalisePhoneNumber(spelled)).toBeUndefined()
  },
)

test('whatever stands between its digits, a number is the same, and what schemas take is a number', () => {
  const patterns = ['suite.schema.json', 'api/requests.schema.json'].map(name => {
    const [, pattern = ''] = /"pattern": "(.*tT.*)"/.exec(readFileSync(new URL(`../../../schemas/${name}`, import.meta.url), 'utf8')) ?? []
    return new RegExp(JSON.parse(`"${pattern}"`) as string)
  })
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 14 })
  const between = fc.constantFrom('', '', ' ', '-', '\u2011', '.', '/', ' (', ') ', '  ')
  fc.assert(
    fc.property(
      fc.constantFrom('+', '00', 'tel:+'),
      fc.integer({ min: 1, max: 9 }),
      digits,
      fc.array(between),
      (start, first, rest, gaps) => {
        const spelled = start + [first, ...rest].map((digit, i) => `${gaps[i] ?? ''}${digit}`).join('')
        fc.pre(!spelled.includes('(0)'))
        expect(normalisePhoneNumber(spelled)).toBe(`+${first}${rest.join('')}`)
        for (const pattern of patterns) expect(spelled).toMatch(pattern)
      },
    ),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[+0-9 ().-]{0,24}$/), spelled => {
      fc.pre(spelled !== '' && !spelled.includes('(0)'))
      const isTaken = patterns.map(pattern => pattern.test(spelled))
      expect(isTaken).toEqual(isTaken.map(() => normalisePhoneNumber(spelled) !== undefined))
    }),
  )
})
