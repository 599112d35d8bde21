import { expect, test } from 'vitest'
import { resolvePointer } from '../../../src/domain/json-pointer.js'

const json = { 'a/b': { '~': [10, { c: null }] }, '': 1, '~1': 2 }

test.each([
  ['', json],
  ['/', 1],
  ['/a~1b/~0/0', 10],
  ['/a~1b/~0/1/c', null],
  ['/~01', 2],
])('%j points to what RFC 6901 says', (pointer, value) => {
  expect(resolvePointer(json, pointer)).toEqual(value)
})

test.each(['/x', '/a~1b/~0/2', '/a~1b/~0/00', '/a~1b/~0/-', '/a~1b/~0/length', '/a~1b/~0/1/c/d', '/toString', '//d'])(
  '%j points to nothing, and says so',
  pointer => {
    expect(resolvePointer(json, pointer)).toBeUndefined()
  },
)
