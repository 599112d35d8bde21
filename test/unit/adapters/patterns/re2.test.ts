import { describe, expect, test } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'

describe('patterns', () => {
  test.each([
    ['good ?bye', 'Well, goodbye then.', true],
    ['(?i)good ?bye|take care', 'TAKE CARE', true],
    ['^birth|born$', 'When were you born', true],
    ['\\bno\\b', 'nobody', false],
    ['', 'anything', true],
    ['\\p{Greek}', 'λ', true],
    ['^.$', '😀', true],
    ['a.b', 'a\nb', false],
    ['(?s)a.b', 'a\nb', true],
    ['x', '\ud800x', true],
  ])('/%s/ in %j: %s', (pattern, text, found) => {
    const patterns = createPatterns()
    expect(patterns.search(pattern, text)).toBe(found)
    expect(patterns.search(pattern, text)).toBe(found)
  })

  test.each([
    ['(a', /missing closing \)/],
    ['(?=a)', /Perl syntax/],
    ['(a)\\1', /invalid escape/],
    ['(?<!a)b', /invalid/],
    ['(a{1000}){1000}', /repeat/],
  ])('/%s/ is not RE2 syntax, and the message says why', (pattern, why) => {
    const patterns = createPatterns()
    const search = (): boolean => patterns.search(pattern, 'a')
    expect(search).toThrow(SyntaxError)
    expect(search).toThrow(why)
  })

  test('what makes others backtrack for ever takes linear time', () => {
    const patterns = createPatterns()
    const text = 'a'.repeat(100_000)
    for (const pattern of ['(a+)+b', '(a|aa)*b', '(a|a?)+b', '(.*)*b', '([a-z]+)*1']) expect(patterns.search(pattern, text)).toBe(false)
  })
})
