import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPatterns } from '../../../src/adapters/patterns/re2.js'
import { textMatches } from '../../../src/domain/text-matcher.js'
import { unseenDifference, unseenInequality } from '../../../src/domain/unseen-difference.js'

const { search } = createPatterns()

describe('what cannot be seen is spelled out', () => {
  test.each([
    ['a Cyrillic letter', { contains: 'cancelled' }, 'It is c\u0430ncelled.', 'it has U+0430 where the check has U+0061'],
    ['a Greek capital', { contains: 'Order' }, '\u039frder 7', 'it has U+03BF where the check has U+006F'],
    ['a control character', { contains: 'credit card' }, 'credit\b card', 'it has U+0008 U+0020 where the check has U+0020'],
    ['a dash', { equals: '8-12' }, '8\u201312', 'it has U+2013 where the check has U+002D'],
    ['a letter of the suite', { oneOf: ['no', 'y\u0435s'] }, 'Yes', 'it has U+0065 where the check has U+0435'],
    [
      'a letter where a pattern looks',
      { matches: '^P[0-9]+$' },
      '\u042012',
      'it would match but for U+0420, which looks like another character or like none',
    ],
  ])('%s', (_what, matcher, said, spelled) => {
    expect(textMatches(matcher, said, search)).toBe(false)
    expect(unseenDifference(matcher, said, search)).toBe(spelled)
  })

  test('in values that must be equal', () => {
    expect(unseenInequality('1\u202f200', '1 200')).toBe('it has U+202F where the check has U+0020')
    expect(unseenInequality('cafe\u0301', 'caf\u00e9')).toBe('it has U+0065 U+0301 where the check has U+00E9')
    expect(unseenInequality('P-1\u200b', 'P-1')).toBe('it has U+200B where the check has nothing')
    expect(unseenInequality('P-1', 'P-2')).toBeUndefined()
    expect(unseenInequality('P-1', 'p-1')).toBeUndefined()
  })
})

test('what can be seen is not, and a text that matches has no difference', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~\n]{1,30}$/), fc.stringMatching(/^[ -~]{1,8}$/), (said, wanted) => {
      expect(unseenDifference({ contains: wanted, equals: wanted, oneOf: [wanted] }, said, search)).toBeUndefined()
      expect(unseenInequality(said, said)).toBeUndefined()
    }),
  )
  const any = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(any, any, any, (before, wanted, after) => {
      const said = `${before} ${wanted} ${after}`
      fc.pre(textMatches({ contains: wanted }, said, search))
      expect(unseenDifference({ contains: wanted }, said, search)).toBeUndefined()
    }),
  )
})
