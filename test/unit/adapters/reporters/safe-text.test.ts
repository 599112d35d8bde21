import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutMiddle, safeLine, safeText, shorten } from '../../../../src/adapters/reporters/safe-text.js'

test('what steers a terminal or reorders text is made visible', () => {
  expect(safeText('\u001b[31mred\u001b[0m\u0007')).toBe('␛[31mred␛[0m␇')
  expect(safeText('a\u202eb\u2066c\u009bd\u007f')).toBe('a<U+202E>b<U+2066>c<U+009B>d␡')
})

test('text that people write stays as it is', () => {
  const text = 'Grüße, 你好, שלום,\n\tनमस्ते 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿'
  expect(safeText(text)).toBe(text)
})

test('line breaks are one kind, and on one line they show', () => {
  expect(safeText('a\r\nb\rc')).toBe('a\nb␍c')
  expect(safeLine('a\r\nb\tc')).toBe('a ⏎ b c')
})

test('a text is cut between characters, never inside one', () => {
  const texts = fc.array(fc.constantFrom('a', '😀', 'é')).map(parts => parts.join(''))
  fc.assert(
    fc.property(texts, fc.nat(20), (text, most) => {
      for (const cut of [shorten(text, most), cutMiddle(text, most)]) expect(cut.isWellFormed()).toBe(true)
    }),
  )
  expect(shorten('abcdef', 4)).toBe('abcd… (2 more characters)')
  expect(cutMiddle('abcdefgh', 4)).toBe('ab\n[... 4 characters cut ...]\ngh')
})
