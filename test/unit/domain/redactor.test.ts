import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from '../../../src/domain/redactor.js'

const redact = createRedactor([
  { name: 'TOKEN', value: 's3cret "<\\k&' },
  { name: 'PIN', value: '1234567890' },
  { name: 'FLAG', value: 'true' },
  { name: 'NO', value: '42' },
])

test.each<[string, string]>([
  ['as it is', 'a s3cret "<\\k& b'],
  ['in JSON', JSON.stringify({ token: 's3cret "<\\k&' })],
  ['in JSON within JSON', JSON.stringify(JSON.stringify({ token: 's3cret "<\\k&' }))],
  ['URL-encoded', `https://x/?t=${encodeURIComponent('s3cret "<\\k&')}`],
  ['in base64', Buffer.from('s3cret "<\\k&').toString('base64')],
  ['in base64url', Buffer.from('s3cret "<\\k&').toString('base64url')],
])('a secret is taken out %s', (_, text) => {
  expect(redact(text)).toContain('[redacted TOKEN]')
  expect(redact(text)).not.toContain('s3cret')
})

test('a secret within base64 is taken out, whatever is around it', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(redact(Buffer.from(`${before}s3cret "<\\k&${after}`).toString('base64'))).toContain('[redacted TOKEN]')
    }),
  )
})

test('it is found at any depth, in keys, and as a number; what is not it stays', () => {
  expect(redact({ list: [{ '1234567890': 1234567890, 'other': 12345678901, 'ok': true, 'n': 42, 'none': null }] })).toEqual({
    list: [{ '[redacted PIN]': '[redacted PIN]', 'other': 12345678901, 'ok': true, 'n': 42, 'none': null }],
  })
})

test('without a secret nothing is copied', () => {
  const value = { a: 1 }
  expect(createRedactor([])(value)).toBe(value)
})
