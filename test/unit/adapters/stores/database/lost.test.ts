import { expect, test } from 'vitest'
import { codeOf, isLost } from '../../../../../src/adapters/stores/database/lost.js'
import { StoreError } from '../../../../../src/ports/store.js'

const failing = (code: string): Error => Object.assign(new Error(code), { code })

test.each([
  [failing('ECONNREFUSED'), 'lost'],
  [failing('57P01'), 'lost'],
  [failing('08006'), 'lost'],
  [failing('SQLITE_FULL'), 'lost'],
  [failing('SQLITE_BUSY_SNAPSHOT'), 'lost'],
  [new Error('Connection terminated unexpectedly'), 'lost'],
  [new Error('timeout exceeded when trying to connect'), 'lost'],
  [failing('23505'), 'failed'],
  [failing('SQLITE_CONSTRAINT'), 'failed'],
  [new Error('no such table: results'), 'failed'],
  ['a string', 'failed'],
])('%s means that the database has %s', (cause, code) => {
  expect(codeOf(cause)).toBe(code)
})

test('of errors only a store that is lost may come back', () => {
  expect(isLost(new StoreError('lost', 'Gone.'))).toBe(true)
  expect(isLost(new StoreError('failed', 'Refused.'))).toBe(false)
  expect(isLost(failing('ECONNREFUSED'))).toBe(false)
})
