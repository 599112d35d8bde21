import { expect, test } from 'vitest'
import { rangeOf } from '../../../src/server/byte-range.js'

test.each([
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=10-', { from: 10, to: 99 }],
  ['bytes=90-200', { from: 90, to: 99 }],
  ['Bytes = 5-9', { from: 5, to: 9 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-1000', { from: 0, to: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-5', undefined],
  ['bytes=0-1,5-6', undefined],
  ['bytes=-', undefined],
  ['bytes=a-b', undefined],
  ['seconds=0-1', undefined],
])('%s of 100 bytes', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
})
