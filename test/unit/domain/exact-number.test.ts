import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeExact, haveSameValue, isExactNumber, parseExact, stringifyExact, writtenOf } from '../../../src/domain/exact-number.js'
import { covers, jsonEqual } from '../../../src/domain/json-equal.js'

const digits = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least - 1, maxLength: most - 1 }))
const whole = digits(1, 40).map(([first, rest]) => `${first}${rest.join('')}`)

test('whole numbers are compared by value, however long they are', () => {
  fc.assert(
    fc.property(whole, whole, fc.boolean(), (a, b, isNegative) => {
      const [one, other] = [a, b].map(each => parseExact(isNegative ? `-${each}` : each))
      expect(jsonEqual(one, other)).toBe(BigInt(a) === BigInt(b))
      const next = parseExact(`${isNegative ? '-' : ''}${BigInt(a) + 1n}`)
      expect(jsonEqual(one, next)).toBe(false)
    }),
  )
  expect(jsonEqual(parseExact('9007199254740993'), parseExact('9007199254740992'))).toBe(false)
  expect(jsonEqual(parseExact('9007199254740993'), 9007199254740992)).toBe(false)
  expect(jsonEqual(parseExact('10000000000000000000000'), 1e22)).toBe(true)
})

test('the same value is the same in any spelling', () => {
  fc.assert(
    fc.property(whole, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 8 }), (number, zeros, power) => {
      const spellings = [number, `${number}.${'0'.repeat(zeros + 1)}`, `${number}${'0'.repeat(power)}e-${power}`, `${number}E+0`]
      const [first, ...others] = spellings.map(parseExact)
      for (const each of others) expect(jsonEqual(first, each)).toBe(true)
    }),
  )
  expect(jsonEqual(parseExact('1.10'), 1.1)).toBe(true)
  expect(jsonEqual(parseExact('-0'), 0)).toBe(true)
  expect(jsonEqual(parseExact('0.10000000000000000001'), 0.1)).toBe(false)
  expect(jsonEqual(parseExact('1e999'), parseExact('1e998'))).toBe(false)
})

test('whatever JSON is read comes out with the same digits, and what a double holds is a plain number', () => {
  const numbers = fc.oneof(
    whole,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(each => JSON.stringify(each)),
  )
  const texts = fc.string({ unit: 'binary' }).map(each => JSON.stringify(`${each} 12345678901234567890 {"$number":"1"}`))
  fc.assert(
    fc.property(fc.array(fc.tuple(texts, fc.oneof(numbers, texts))), pairs => {
      const json = `{${pairs.map(([key, value], i) => `"${i}${key.slice(1)}:[${value}]`).join(',')}}`
      const plain = JSON.parse(json) as object
      const written = stringifyExact(parseExact(json))
      expect(JSON.parse(written)).toEqual(plain)
      expect(stringifyExact(parseExact(written))).toBe(written)
    }),
  )
  fc.assert(
    fc.property(fc.jsonValue(), whole, (value, number) => {
      expect(parseExact(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
      expect(writtenOf(parseExact(number))).toBeDefined()
    }),
  )
  expect(stringifyExact(parseExact('{"id":[123456789012345678901,"123456789012345678901"]}'))).toBe(
    '{"id":[123456789012345678901,"123456789012345678901"]}',
  )
})

test('a long number in what is wanted or found matches itself alone', () => {
  const wanted = parseExact('{"order":{"id":9007199254740993}}')
  expect(covers(parseExact('{"order":{"id":9007199254740993,"x":1}}'), wanted)).toBe(true)
  expect(covers(parseExact('{"order":{"id":9007199254740992}}'), wanted)).toBe(false)
  expect(covers(parseExact('{"order":{"id":"9007199254740993"}}'), wanted)).toBe(false)
  expect(covers(parseExact('{"order":{"id":9007199254740993}}'), { order: { id: {} } })).toBe(false)
  expect(haveSameValue({}, 1)).toBe(false)
  expect(isExactNumber({ $number: 'x' })).toBe(false)
})

test('an object of others never passes for a number, and is written as it came', () => {
  const forged = fc.constantFrom('{"$number":"500"}', '{ "\\u0024number" : "500" }', '{"$$number":"500"}', '{"$number":"500","x":1}')
  fc.assert(
    fc.property(forged, whole, fc.boolean(), (object, long, isBesideLong) => {
      const json = `{"amount":${object},"a,\\"$number":["$number",${isBesideLong ? long : 1}]}`
      const read = parseExact(json) as { amount: unknown }
      expect(covers(read, { amount: 500 })).toBe(false)
      expect(isExactNumber(read.amount)).toBe(false)
      const written = stringifyExact(read)
      expect(JSON.parse(written)).toEqual(JSON.parse(json))
      // A journal holds it as plain JSON.
      expect(stringifyExact(JSON.parse(JSON.stringify(read)))).toBe(written)
      const other = escapeExact(JSON.parse(json))
      expect(covers(other, { amount: 500 })).toBe(false)
      expect(JSON.parse(stringifyExact(other))).toEqual(JSON.parse(json))
    }),
  )
})
