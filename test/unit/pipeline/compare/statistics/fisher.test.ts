import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fisherExact, rarestTable } from '../../../../../src/pipeline/compare/statistics/fisher.js'

const of = (passed: number, counted: number) => ({ passed, counted })

test.each([
  // Fisher, "The design of experiments", 1935: the lady who tastes tea; R's documentation of fisher.test gives 0.4857.
  ['the lady tasting tea', of(3, 4), of(1, 4), 0.4857],
  // Fisher, "The logic of inductive inference", 1935: convictions of twins; R gives 0.0005367.
  ['convictions of twins', of(2, 17), of(10, 13), 0.0005367],
  // SciPy's documentation of fisher_exact.
  ['tables of SciPy', of(8, 10), of(1, 6), 0.035],
  // Wikipedia, "Fisher's exact test", of students who study: 0.001346 on one side, 0.002759 on both.
  ['students who study', of(1, 12), of(9, 12), 0.002759],
])('gives the published value for %s', (_, base, next, p) => {
  expect(fisherExact(base, next).p / p).toBeCloseTo(1, 2)
})

test('of ten that all passed and ten that all failed the p is that of two tables of 184,756', () => {
  expect(fisherExact(of(10, 10), of(0, 10)).p).toBeCloseTo(2 / 184_756, 15)
})

const table = fc
  .tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 80 }))
  .chain(([a, b]) => fc.tuple(fc.integer({ min: 0, max: a }), fc.constant(a), fc.integer({ min: 0, max: b }), fc.constant(b)))

test('neither which result comes first nor whether passes or failures are counted changes anything', () => {
  fc.assert(
    fc.property(table, ([x, a, y, b]) => {
      const { p } = fisherExact(of(x, a), of(y, b))
      expect(fisherExact(of(y, b), of(x, a)).p).toBeCloseTo(p, 9)
      expect(fisherExact(of(a - x, a), of(b - y, b)).p).toBeCloseTo(p, 9)
    }),
  )
})

test('p is between the least p and 1, and the least p is not below the rarest table', () => {
  fc.assert(
    fc.property(table, ([x, a, y, b]) => {
      const { p, least } = fisherExact(of(x, a), of(y, b))
      expect(p).toBeGreaterThanOrEqual(least * (1 - 1e-9))
      expect(p).toBeLessThanOrEqual(1)
      expect(least).toBeGreaterThanOrEqual(rarestTable(of(x, a), of(y, b)))
    }),
  )
})

test('p does not grow as shares of equal size move apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(60), (n, seed) => {
      const middle = seed % (n + 1)
      const steps = Math.min(middle, n - middle) + 1
      const apart = Array.from({ length: steps }, (_, k) => fisherExact(of(middle + k, n), of(middle - k, n)).p)
      expect(apart.filter((p, k) => p > (apart[k - 1] ?? 1) * (1 + 1e-9))).toEqual([])
    }),
  )
})

test('of thousands of runs p is still a number', () => {
  const { p } = fisherExact(of(50_000, 50_000), of(0, 50_000))
  expect(p).toBeGreaterThanOrEqual(0)
  expect(p).toBeLessThan(1e-300)
  expect(fisherExact(of(40_000, 50_000), of(40_001, 50_000)).p).toBeGreaterThan(0.99)
})

test('where nothing is equal by chance, as few as alpha of all samples come out below alpha', () => {
  // Both sides binomial with the same rate: summed over all tables, weighted by how likely each is.
  for (const [n, m, rate] of [
    [5, 5, 0.5],
    [20, 10, 0.8],
    [8, 30, 0.95],
  ] as const) {
    let alarms = 0
    for (let x = 0; x <= n; x += 1) {
      for (let y = 0; y <= m; y += 1) {
        if (fisherExact(of(x, n), of(y, m)).p <= 0.05) alarms += binomial(n, x, rate) * binomial(m, y, rate)
      }
    }
    expect(alarms).toBeLessThanOrEqual(0.05)
    expect(alarms).toBeGreaterThan(0)
  }
})

function binomial(n: number, k: number, rate: number): number {
  let ways = 1
  for (let i = 1; i <= k; i += 1) ways *= (n - i + 1) / i
  return ways * rate ** k * (1 - rate) ** (n - k)
}
