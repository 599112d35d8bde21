import { expect, test } from 'vitest'
import { readRetryAfter } from '../../../src/domain/retry-after.js'

const dayMs = 24 * 60 * 60 * 1000

test.each([
  // seconds
  ['7', 7000],
  [' 0 ', 0],
  ['0.5', 500],
  ['1.0001', 1001],
  ['86401', dayMs],
  ['9'.repeat(400), dayMs],
  // a date, in each of the forms of HTTP
  ['Tue, 24 Nov 2026 20:00:30 GMT', 30_000],
  ['Tuesday, 24-Nov-26 20:00:30 GMT', 30_000],
  ['Tue Nov 24 20:00:30 2026', 30_000],
  ['Tue, 24 Nov 2026 19:00:00 GMT', 0],
  ['Tue, 24 Nov 2099 19:00:00 GMT', dayMs],
  // nothing that can be read
  ['-5', undefined],
  ['-0.5', undefined],
  ['+5', undefined],
  ['5s', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['Infinity', undefined],
  ['5, 7', undefined],
  ['2026', 2_026_000],
  ['2026-11-24T20:00:30Z', undefined],
  ['Tue, 99 Nov 2026 20:00:30 GMT', undefined],
  ['soon', undefined],
  ['', undefined],
  // how it arrives
  [undefined, undefined],
  [null, undefined],
  [['3', '4'], 3000],
  [['soon', '4'], undefined],
  [[], undefined],
])('Retry-After %j asks for %s ms', (header, ms) => {
  expect(readRetryAfter(header, new Date('2026-11-24T20:00:00Z'))).toBe(ms)
})
