import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ResultId } from '../../../src/domain/ids.js'
import { callRunId, runIdOfCall } from '../../../src/domain/run-id.js'

const result = '20260101-090000-abcd' as ResultId

test('each attempt has an id of its own, and the run is found by any of them', () => {
  expect(callRunId({ id: '274', result, index: 3 }, 1)).toBe('274')
  expect(callRunId({ id: '274', result, index: 3 }, 2)).toBe('274-2')
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (id, attempt) => {
      expect(runIdOfCall(callRunId({ id: String(id), result, index: 0 }, attempt))).toBe(String(id))
    }),
  )
})

test('a run without an id outside of its result is told by its place in it', () => {
  expect(callRunId({ result, index: 3 }, 1)).toBe(`${result}-3-1`)
  expect(callRunId({ result, index: 3 }, 2)).toBe(`${result}-3-2`)
})
