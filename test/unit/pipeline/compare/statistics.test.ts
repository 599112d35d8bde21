import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import { bootstrapInterval } from '../../../../src/pipeline/compare/statistics/bootstrap.js'
import { fisherExact } from '../../../../src/pipeline/compare/statistics/fisher.js'
import { correctByHolm } from '../../../../src/pipeline/compare/statistics/holm.js'
import { leastPermutationP, permutationP } from '../../../../src/pipeline/compare/statistics/permutation.js'
import { meanDifference, type Stratum } from '../../../../src/pipeline/compare/statistics/strata.js'

test('Holm gives the corrected p of his step-down procedure', () => {
  // As R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
  const tests = [0.01, 0.04, 0.03, 0.005].map(p => ({ p, least: 0 }))
  expect(correctByHolm(tests, 0.05).corrected.map(p => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02])
})

test('a test that cannot come out below alpha makes no other test harder', () => {
  const real = { p: 0.02, least: 0.001 }
  const idle = { p: 1, least: 0.1 }
  expect(correctByHolm([idle, real, idle], 0.05)).toEqual({ corrected: [1, 0.02, 1], tests: 1 })
})

test('Holm never makes a p smaller, and keeps their order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), ps => {
      const { corrected } = correctByHolm(
        ps.map(p => ({ p, least: 0 })),
        0.05,
      )
      expect(ps.filter((p, i) => corrected[i]! < p)).toEqual([])
      const inOrder = [...ps.keys()].toSorted((i, j) => ps[i]! - ps[j]!).map(i => corrected[i]!)
      expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
    }),
  )
})

test('the permutation test comes to what Fisher computes, where all values are 0 and 1', () => {
  for (const [x, n, y, m] of [
    [9, 12, 4, 12],
    [10, 10, 6, 10],
    [5, 20, 6, 20],
  ] as const) {
    const p = permutationP([{ base: ones(x, n), next: ones(y, m) }], 100_000, seededRandom(3))
    const exact = fisherExact({ passed: x, counted: n }, { passed: y, counted: m }).p
    // It stops after 50 extremes: a standard error of a seventh.
    expect(Math.abs(p / exact - 1)).toBeLessThan(0.45)
  }
})

test('the permutation test compares runs with their like: a shift between strata is no difference', () => {
  const slow: Stratum = { base: [100, 101, 102], next: [100, 101, 102, 100, 101, 102] }
  const fast: Stratum = { base: [1, 2, 3, 1, 2, 3], next: [1, 2, 3] }
  expect(meanDifference([slow, fast])).toBeCloseTo(0, 12)
  expect(permutationP([slow, fast], 9999, seededRandom(1))).toBeGreaterThan(0.9)
})

test('the least p is a bound below every p, and 1 where nothing differs', () => {
  expect(
    leastPermutationP([
      { base: [5, 5], next: [5, 5, 5] },
      { base: [1], next: [1] },
    ]),
  ).toBe(1)
  // 1, 2, 3 against 4, 5, 6: one way of twenty.
  expect(leastPermutationP([{ base: [1, 2, 3], next: [4, 5, 6] }])).toBeCloseTo(1 / 20, 12)
  // Two pairs of a pass and a failure: a quarter.
  expect(
    leastPermutationP([
      { base: [1], next: [0] },
      { base: [1], next: [0] },
    ]),
  ).toBeCloseTo(1 / 4, 12)
})

test('which result comes first turns the difference round, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }),
      (base, next) => {
        const [there, back] = [[{ base, next }], [{ base: next, next: base }]]
        expect(meanDifference(back)).toBeCloseTo(-meanDifference(there), 9)
        expect(leastPermutationP(back)).toBeCloseTo(leastPermutationP(there), 9)
      },
    ),
  )
})

test('the permutation test raises no more false alarms than it may', () => {
  const random = seededRandom(11)
  let alarms = 0
  const times = 1000
  for (let i = 0; i < times; i += 1) {
    const strata = [4, 7].map(size => ({ base: skewed(size, 1, random), next: skewed(size, 1, random) }))
    if (permutationP(strata, 999, random) <= 0.05) alarms += 1
  }
  // Three standard errors above 0.05.
  expect(alarms / times).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / times))
  expect(alarms / times).toBeGreaterThan(0.03)
})

// The share that an interval of +- 1.96 standard errors holds by Student's t, less three standard errors of 600 trials.
test.each([
  { of: '20 and 20 bell-shaped values', sizes: [[20, 20]], draw: normal, least: 0.943 - 0.027 },
  { of: '8 and 12 bell-shaped values', sizes: [[8, 12]], draw: normal, least: 0.934 - 0.027 },
  {
    of: 'three times 6 and 6',
    sizes: [
      [6, 6],
      [6, 6],
      [6, 6],
    ],
    draw: normal,
    least: 0.941 - 0.027,
  },
  { of: '30 and 30 skewed values', sizes: [[30, 30]], draw: skewed, least: 0.94 - 0.027 },
  { of: '25 pairs', sizes: Array.from({ length: 25 }, () => [1, 1]), draw: normal, least: 0.938 - 0.027 },
])('of 95 % intervals over $of, so many hold the difference', ({ sizes, draw, least }) => {
  const random = seededRandom(5)
  const times = 600
  let held = 0
  for (let i = 0; i < times; i += 1) {
    const strata = sizes.map(([n, m]) => ({ base: draw(n!, 1, random), next: draw(m!, 1.5, random) }))
    const interval = bootstrapInterval(strata, 0.95, random)!
    if (interval.lower <= 0.5 && interval.upper >= 0.5) held += 1
  }
  expect(held / times).toBeGreaterThanOrEqual(least)
  expect(held / times).toBeLessThanOrEqual(0.95 + 0.027)
})

test('one run against one has no interval', () => {
  expect(bootstrapInterval([{ base: [1], next: [2] }], 0.95, seededRandom(1))).toBeUndefined()
})

function ones(passed: number, counted: number): number[] {
  return Array.from({ length: counted }, (_, i) => Number(i < passed))
}

/** Box and Muller's, with standard deviation 1. */
function normal(count: number, mean: number, random: () => number): number[] {
  return Array.from({ length: count }, () => mean + Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
}

/** Exponential, as waiting times are, about a mean. */
function skewed(count: number, mean: number, random: () => number): number[] {
  return Array.from({ length: count }, () => mean - 1 - Math.log(1 - random()))
}
