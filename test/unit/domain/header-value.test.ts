import * as fc from 'fast-check'
import { validateHeaderValue } from 'node:http'
import { expect, test } from 'vitest'
import { isHeaderValue } from '../../../src/domain/header-value.js'

test('a value is one for a header where Node sends it, once its last blanks are gone', () => {
  const sign = fc.oneof(
    fc.constantFrom('\t', ' ', '\n', '\r', '\0', '\x7f', 'ä', '…', '“', 'ł'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  )
  const property = fc.property(
    fc.array(sign, { maxLength: 8 }).map(signs => signs.join('')),
    value => {
      expect(isHeaderValue(value)).toBe(isSent(value.replace(/[\t\n\r ]+$/, '')))
    },
  )
  expect(fc.check(property, { numRuns: 100 }).counterexample).toBeNull()
})

function isSent(value: string): boolean {
  try {
    validateHeaderValue('a', new Headers({ a: `Bearer ${value}` }).get('a') ?? '')
    return true
  } catch {
    return false
  }
}
