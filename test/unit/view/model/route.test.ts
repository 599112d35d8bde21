import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf, readRoute, type ViewRoute } from '../../../../src/view/model/route.js'

test.each<[string, ViewRoute]>([
  ['', { screen: 'summary' }],
  ['#/', { screen: 'summary' }],
  ['#example-3', { screen: 'summary' }],
  ['#/nowhere', { screen: 'summary' }],
  ['#/record', { screen: 'record' }],
  ['#/failed', { screen: 'runs', query: 'is:failed' }],
  ['#/failed?q=tag%3Asmoke', { screen: 'runs', query: 'is:failed tag:smoke' }],
  ['#/runs?q=a%20b', { screen: 'runs', query: 'a b' }],
  ['#/run/smoke/a/-/maria%232?turn=3&attempt=1', { screen: 'run', key: 'smoke/a/-/maria#2', query: '', turn: 3, attempt: 1 }],
  ['#/run/a%E0%A4%A?turn=x', { screen: 'run', key: 'a%E0%A4%A', query: '', turn: undefined, attempt: undefined }],
  ['#/case/smoke/a', { screen: 'case', key: 'smoke/a' }],
])('%s', (hash, route) => {
  expect(readRoute(hash)).toEqual(route)
})

test('every key and query leads back to itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.nat(999_999_999), (key, query, turn) => {
      const route = { screen: 'run', key, query, turn, attempt: undefined } as const
      expect(readRoute(hashOf(route))).toEqual({ ...route, query })
      expect(readRoute(hashOf({ screen: 'case', key }))).toEqual({ screen: 'case', key })
    }),
  )
})
