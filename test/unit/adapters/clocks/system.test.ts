import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { seededRandom, systemClock } from '../../../../src/adapters/clocks/system.js'

describe('the system clock', () => {
  afterEach(() => vi.useRealTimers())

  test('never goes back, and knows the time of day', () => {
    const [first, second] = [systemClock.now(), systemClock.now()]
    expect(second).toBeGreaterThanOrEqual(first)
    expect(Math.abs(systemClock.date().getTime() - Date.now())).toBeLessThan(1_000)
  })

  test('calls once after a time, unless it is called off', () => {
    vi.useFakeTimers()
    const called: string[] = []
    systemClock.after(10, () => called.push('kept'))
    const callOff = systemClock.after(10, () => called.push('called off'))
    callOff()
    vi.advanceTimersByTime(9)
    expect(called).toEqual([])
    vi.advanceTimersByTime(100)
    expect(called).toEqual(['kept'])
  })

  test('keeps to a time longer than a Node timer takes', () => {
    vi.useFakeTimers()
    const days = 24 * 3_600_000
    const called: string[] = []
    systemClock.after(60 * days, () => called.push('60 days'))
    const callOff = systemClock.after(60 * days, () => called.push('called off'))
    vi.advanceTimersByTime(59 * days)
    callOff()
    expect(called).toEqual([])
    vi.advanceTimersByTime(2 * days)
    expect(called).toEqual(['60 days'])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('seeded chance', () => {
  test('gives the numbers that Mulberry32 is known for', () => {
    const random = seededRandom(0)
    expect([random(), random(), random()].map(number => number * 2 ** 32)).toEqual([1144304738, 1416247, 958946056])
  })

  test('gives the same numbers for the same seed, all from 0 to below 1', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const [one, other] = [seededRandom(seed), seededRandom(seed)]
        for (let i = 0; i < 50; i += 1) {
          const number = one()
          expect(number).toBe(other())
          expect(number >= 0 && number < 1).toBe(true)
        }
      }),
    )
  })

  test('is spread evenly', () => {
    const random = seededRandom(42)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 100_000; i += 1) {
      const bin = Math.floor(random() * 10)
      counts[bin] = (counts[bin] ?? 0) + 1
    }
    // Chi-squared with 9 degrees of freedom: beyond 27.9 one time in a thousand.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9)
  })
})
