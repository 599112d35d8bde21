import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rateOf } from '../../../../src/adapters/queues/rate.js'

test('a rate is never exceeded, and hardly missed', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 5000, noNaN: true }), startsPerSecond => {
      const { starts, everyMs } = rateOf(startsPerSecond)
      const held = starts / (everyMs / 1000)
      expect(held).toBeLessThanOrEqual(startsPerSecond * 1.000001)
      expect(held).toBeGreaterThan(startsPerSecond * 0.9)
    }),
  )
})

test('starts come one by one where there is time for it', () => {
  expect(rateOf(2.5)).toEqual({ starts: 1, everyMs: 400 })
  expect(rateOf(50)).toEqual({ starts: 1, everyMs: 20 })
  expect(rateOf(200)).toEqual({ starts: 4, everyMs: 20 })
})
