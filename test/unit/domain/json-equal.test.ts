import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers, differences, jsonEqual } from '../../../src/domain/json-equal.js'

type Json = Record<string, unknown>
const anyJson = fc.jsonValue() as fc.Arbitrary<unknown>
const anyObject = fc.dictionary(fc.string(), anyJson) as fc.Arbitrary<Json>

test('what is wanted is held by itself', () => {
  fc.assert(
    fc.property(anyJson, value => {
      expect([covers(value, value), jsonEqual(value, value)]).toEqual([true, true])
    }),
  )
})

test('more keys in a value, at any depth, never take away what it holds', () => {
  fc.assert(
    fc.property(anyObject, anyObject, fc.string(), (wanted, more, key) => {
      const grown = { ...more, ...wanted }
      expect(covers(grown, wanted)).toBe(true)
      expect(covers({ [key]: grown }, { [key]: wanted })).toBe(true)
    }),
  )
})

test('less in what is wanted never takes away what holds it', () => {
  fc.assert(
    fc.property(anyObject, fc.nat(), (wanted, nth) => {
      const kept = Object.fromEntries(Object.entries(wanted).filter((_entry, index) => index !== nth % 3))
      expect(covers(wanted, kept)).toBe(true)
    }),
  )
})

test('what is covered both ways is equal', () => {
  fc.assert(
    fc.property(anyJson, anyJson, (a, b) => {
      expect(covers(a, b) && covers(b, a)).toBe(jsonEqual(a, b))
    }),
  )
})

test('lists are held against each other whole, and a number is no text', () => {
  expect(covers({ ids: [1, 2] }, { ids: [1] })).toBe(false)
  expect(covers({ ids: [{ a: 1, b: 2 }] }, { ids: [{ a: 1 }] })).toBe(false)
  expect(covers({ id: 1 }, { id: '1' })).toBe(false)
  expect([...differences({ who: { id: 8, name: 'Maria' } }, { who: { id: 7 } })]).toEqual([{ path: 'who.id', found: 8, wanted: 7 }])
})

test('a key that every object inherits is not there', () => {
  expect(covers({}, { toString: 'x' })).toBe(false)
  expect(covers({}, JSON.parse('{"__proto__":{}}'))).toBe(false)
})

test('a list includes any of its items, in any order and with less in them; and nothing else', () => {
  const json = fc.jsonValue({ maxDepth: 2 }).map(each => JSON.parse(JSON.stringify(each)) as unknown)
  fc.assert(
    fc.property(fc.array(json, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 4 }), json, (list, picks, other) => {
      const items = list.length === 0 ? [] : picks.map(pick => list[pick % list.length])
      fc.pre(!JSON.stringify([list, other]).includes('includes'))
      expect(covers({ ids: list, more: 1 }, { ids: { includes: items } })).toBe(true)
      const hasOther = list.some(each => covers(each, other))
      expect(covers(list, { includes: [...items, other] })).toBe(hasOther)
    }),
  )
  expect(covers({ ids: [{ a: 1, b: 2 }] }, { ids: { includes: [{ a: 1 }] } })).toBe(true)
  expect(covers({ ids: 'P-1' }, { ids: { includes: ['P-1'] } })).toBe(false)
  // A map with such a key is what it is.
  expect(covers({ includes: [1], more: 2 }, { includes: [1] })).toBe(true)
  expect(covers({ includes: [1, 2] }, { includes: [1] })).toBe(false)
})
