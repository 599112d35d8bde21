import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { criticalValue, mean, percentile, reduceTo, wilsonInterval } from '../../../src/domain/statistics.js'

// Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics in
// Medicine 17, 1998, table I: the score method without continuity correction.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the Wilson interval of %i of %i at 95 %% is %f to %f', (passed, counted, lower, upper) => {
  const interval = wilsonInterval(passed, counted, 0.95)
  expect(interval.lower).toBeCloseTo(lower, 4)
  expect(interval.upper).toBeCloseTo(upper, 4)
})

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1, and the usual tables of the normal distribution.
test.each([
  [0.5, 0.674489750196],
  [0.9, 1.644853626951],
  [0.95, 1.95996398454],
  [0.99, 2.575829303549],
  [0.999999, 4.891638475699],
])('%f of a normal distribution lies within %f standard deviations', (confidence, z) => {
  expect(criticalValue(confidence)).toBeCloseTo(z, 10)
})

test('every confidence there is has a finite critical value', () => {
  for (const confidence of [Number.MIN_VALUE, 1e-9, 1 - 1e-12, 1 - Number.EPSILON / 2]) {
    expect(criticalValue(confidence)).toBeGreaterThanOrEqual(0)
    expect(criticalValue(confidence)).toBeLessThan(10)
  }
})

test('the Wilson interval holds the share, and lies within 0 and 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.01, max: 0.999, noNaN: true }), (counted, confidence) => {
      for (const passed of [0, 1, counted >> 1, counted]) {
        const { lower, upper } = wilsonInterval(passed, counted, confidence)
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(lower).toBeLessThanOrEqual(passed / counted)
        expect(upper).toBeGreaterThanOrEqual(passed / counted)
        expect(upper).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('a percentile is the smallest value that enough of the values do not exceed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, p) => {
      const sorted = values.toSorted((a, b) => a - b)
      const found = percentile(sorted, p)
      expect(sorted).toContain(found)
      expect(sorted.filter(value => value <= found).length * 100).toBeGreaterThanOrEqual(p * sorted.length)
      expect(sorted.filter(value => value < found).length * 100).toBeLessThan(p * sorted.length)
    }),
  )
})

test('values are reduced to each figure', () => {
  const sorted = Array.from({ length: 20 }, (_, i) => i + 1)
  expect(mean(sorted)).toBe(10.5)
  const figures = (['mean', 'min', 'max', 'p50', 'p90', 'p95', 'p99'] as const).map(each => reduceTo(each, sorted))
  expect(figures).toEqual([10.5, 1, 20, 10, 18, 19, 20])
})
