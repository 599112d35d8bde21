import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, leastRepeats, undecidedRates, type Decision } from '../../../src/domain/sequential-test.js'
import { outlookOf } from '../../support/outlook.js'

const minima = [0.3, 0.5, 0.66, 0.8, 0.9, 0.95]
const confidences = [0.8, 0.9, 0.95, 0.99]

describe('the sequential test', () => {
  test('is decided by a row of passes, and sooner by a row of failures where much is asked', () => {
    const bar = { min: 0.8, confidence: 0.95 }
    expect([18, 19].map(passed => decide({ passed, failed: 0 }, bar))).toEqual(['undecided', 'met'])
    expect([2, 3].map(failed => decide({ passed: 0, failed }, bar))).toEqual(['undecided', 'not_met'])
    expect(decide({ passed: 0, failed: 0 }, bar)).toBe('undecided')
  })

  test('grows its bet as the integral says', () => {
    // (1/2) x 1.25^19 + (1/2) x the mean of (p / 0.8)^19 over 0.8..1, against 2 / (1 - c): decided up to this c.
    const bet = 0.5 * 1.25 ** 19 + (0.5 * (1 - 0.8 ** 20)) / (20 * 0.2 * 0.8 ** 19)
    const edge = 1 - 2 / bet
    expect(decide({ passed: 19, failed: 0 }, { min: 0.8, confidence: edge - 1e-9 })).toBe('met')
    expect(decide({ passed: 19, failed: 0 }, { min: 0.8, confidence: edge + 1e-9 })).toBe('undecided')
    // With failures too, against the integral by Simpson's rule.
    const even = simpson(p => ((p / 0.7) ** 30 * ((1 - p) / 0.3) ** 2) / 0.3, 0.7, 1)
    const edgeOfTwo = 1 - 4 / even
    expect(decide({ passed: 30, failed: 2 }, { min: 0.7, confidence: edgeOfTwo - 1e-6 })).toBe('met')
    expect(decide({ passed: 30, failed: 2 }, { min: 0.7, confidence: edgeOfTwo + 1e-6 })).toBe('undecided')
  })

  test('treats passes and failures alike: the mirror image gets the mirrored answer', () => {
    const mirrored = { met: 'not_met', not_met: 'met', undecided: 'undecided' } as const
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.constantFrom(0.25, 0.5, 0.75),
        fc.constantFrom(...confidences),
        (passed, failed, min, confidence) => {
          const seen = decide({ passed, failed }, { min, confidence })
          expect(decide({ passed: failed, failed: passed }, { min: 1 - min, confidence })).toBe(mirrored[seen])
        },
      ),
    )
  })

  test('leaves exactly those rates open that it has no answer for', () => {
    fc.assert(
      fc.property(
        fc.nat(80),
        fc.nat(80),
        fc.constantFrom(...confidences),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (passed, failed, confidence, min) => {
          const { lower, upper } = undecidedRates({ passed, failed }, confidence)
          if (Math.min(Math.abs(min - lower), Math.abs(min - upper)) < 1e-9) return
          const wanted: Decision = min < lower ? 'met' : min > upper ? 'not_met' : 'undecided'
          expect(decide({ passed, failed }, { min, confidence })).toBe(wanted)
        },
      ),
    )
  })

  test('says how many passes in a row it takes, if anybody could wait for that', () => {
    for (const confidence of confidences) {
      for (const min of minima) {
        const least = leastRepeats({ min, confidence }) ?? 0
        expect(decide({ passed: least, failed: 0 }, { min, confidence })).toBe('met')
        expect(decide({ passed: least - 1, failed: 0 }, { min, confidence })).toBe('undecided')
      }
    }
    expect(leastRepeats({ min: 0.999_999_99, confidence: 0.95 })).toBeUndefined()
  })

  test.each(confidences)('errs within its bounds at a confidence of %d, whatever the rate, worked out exactly', confidence => {
    const bound = (1 - confidence) / 2
    for (const min of minima) {
      for (const max of [20, 120]) {
        for (const rate of [0.1, min / 2, min - 0.02, min])
          expect(outlookOf(rate, { min, confidence }, { min: 1, max }).met).toBeLessThanOrEqual(bound)
        for (const rate of [min, min + 0.02, 0.97])
          expect(outlookOf(rate, { min, confidence }, { min: 1, max }).notMet).toBeLessThanOrEqual(bound)
      }
    }
  })
})

function simpson(of: (x: number) => number, from: number, to: number, steps = 2000): number {
  const width = (to - from) / steps
  let sum = of(from) + of(to)
  for (let i = 1; i < steps; i += 1) sum += (i % 2 === 0 ? 2 : 4) * of(from + i * width)
  return (sum * width) / 3
}
