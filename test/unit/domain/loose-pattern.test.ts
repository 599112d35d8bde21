import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPatterns } from '../../../src/adapters/patterns/re2.js'
import { matchesLoosely } from '../../../src/domain/loose-match.js'
import { loosePattern, seam } from '../../../src/domain/loose-pattern.js'

const { search } = createPatterns()

test('a pattern is found in any mixture of glued and separate pieces', () => {
  const patterns = [
    '(?i)credit card',
    'credit\\scard',
    'credit[ -]card',
    '\\bcredit\\b.\\bcard\\b',
    'cr(?:e|x)d+it\\s{1,3}card',
    '(?P<first>credit) (?<second>card)',
    '\\Qcredit card\\E',
    '[[:alpha:]]{6} \\x{63}ard',
    'credit\\x20card',
    '\\p{L}+t (?i:CARD)',
    'credit card|debit',
  ]
  const words = 'your credit card now'
  fc.assert(
    fc.property(fc.constantFrom(...patterns), fc.uniqueArray(fc.nat({ max: words.length }), { maxLength: 20 }), (pattern, places) => {
      const ends = [...places.toSorted((a, b) => a - b), words.length]
      const pieces = ends.map((end, i) => words.slice(ends[i - 1] ?? 0, end).trim()).filter(piece => piece !== '')
      expect(matchesLoosely({ matches: pattern }, pieces, search)).toBe(true)
      expect(
        matchesLoosely(
          { matches: pattern.replaceAll('card', 'cart').replaceAll('CARD', 'CART').replaceAll('}ard', '}art') },
          pieces,
          search,
        ),
      ).toBe(false)
    }),
  )
})

test('however many pieces there are', () => {
  const pieces = [...Array.from({ length: 600 }, (_, i) => `w${i}`), 'c', 're', 'di', 't', 'car', 'd']
  expect(matchesLoosely({ matches: '(?i)Credit card' }, pieces, search)).toBe(true)
  expect(matchesLoosely({ matches: '(?i)debit card' }, pieces, search)).toBe(false)
})

test('with hyphens at the end of pieces', () => {
  expect(matchesLoosely({ matches: 'credit card' }, ['cre-', 'dit', 'ca', '-rd'], search)).toBe(true)
})

test('of a pattern that can be compiled, the loose one can be, and finds the same in one piece', () => {
  const part = fc.constantFrom(
    'a',
    ' ',
    '.',
    '\\d',
    '\\S',
    '[^a-c]',
    '[]a]',
    '[\\]\\s]',
    '[[:^space:]b]',
    '\\.',
    '\\pL',
    '\\p{Greek}',
    '\\x41',
    '\\101',
    '\\b',
    '^',
    '$',
    '(?i)',
    '(?:b|c)',
    '(d)',
    '(?P<n>e)',
    'é',
    '😀',
    '-',
    '{',
    '}',
    '\\{\\{',
    '\\Qa.b (\\E',
  )
  const repeat = fc.constantFrom('', '', '', '*', '+?', '?', '{2}', '{1,3}', '{0,}?')
  const pattern = fc.array(
    fc.tuple(part, repeat).map(([what, often]) => what + (/^(?:\\b|\^|\$|\(\?i\))$|[{}]$/.test(what) ? '' : often)),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  fc.assert(
    fc.property(pattern, fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', ' ', '.', 'é', '1', '{', '(') }), (parts, text) => {
      const joined = parts.join('')
      fc.pre(compiles(joined))
      expect(search(loosePattern(joined, search), text)).toBe(search(joined, text))
      expect(text).not.toContain(seam)
    }),
    { numRuns: 1000 },
  )
})

function compiles(pattern: string): boolean {
  try {
    search(pattern, '')
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

test.each([
  'credit<br>card',
  'credit<br/>\ncard',
  'your credit\n> card',
  'credit&#32;card',
  'cre\u001b[1mdit card',
  'credit\u001b[0;31m card',
])('words are found between signs that readers do not see: %j', text => {
  expect(matchesLoosely({ contains: 'credit card' }, [text], search)).toBe(true)
  expect(matchesLoosely({ matches: '(?i)credit\\scard' }, [text], search)).toBe(true)
  expect(matchesLoosely({ contains: 'credit cart' }, [text], search)).toBe(false)
})
