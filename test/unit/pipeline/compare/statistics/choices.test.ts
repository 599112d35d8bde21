import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../../../src/adapters/clocks/system.js'
import { compareChoices, leastChoicesP, type ChoiceStratum } from '../../../../../src/pipeline/compare/statistics/choices.js'
import { fisherExact } from '../../../../../src/pipeline/compare/statistics/fisher.js'

const spread = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([value, times]) => Array.from({ length: times }, () => value))
const p = (...strata: readonly ChoiceStratum[]): number => compareChoices(strata, 9999, seededRandom(1)).p

describe('how values of an enum are spread', () => {
  test('of two values is told by the exact test', () => {
    const seen = compareChoices([{ base: spread({ a: 7, b: 1 }), next: spread({ a: 2, b: 6 }) }], 9999, seededRandom(1))
    expect(seen).toEqual(fisherExact({ passed: 7, counted: 8 }, { passed: 2, counted: 8 }))
  })

  test('of three values has the p that all ways to deal them out give', () => {
    const [base, next] = [spread({ a: 4, b: 1, c: 0 }), spread({ a: 0, b: 2, c: 3 })]
    // 10 values, 5 of them dealt to the base: those of the 252 ways that are as far from what is expected.
    const values = [...base, ...next]
    const distanceOf = (side: readonly string[]): number =>
      ['a', 'b', 'c'].reduce((sum, value) => {
        const expected = values.filter(each => each === value).length / 2
        return sum + (side.filter(each => each === value).length - expected) ** 2 / expected
      }, 0)
    const ways = choose(values, 5)
    const exact = ways.filter(side => distanceOf(side) >= distanceOf(base) - 1e-9).length / ways.length
    expect(ways).toHaveLength(252)
    expect(Math.abs(p({ base, next }) - exact)).toBeLessThan(0.01)
  })

  test('is no news where nothing moved, or where only one value ever came up', () => {
    expect(p({ base: spread({ a: 5, b: 5, c: 5 }), next: spread({ a: 5, b: 5, c: 5 }) })).toBeGreaterThan(0.9)
    expect(compareChoices([{ base: spread({ a: 5 }), next: spread({ a: 9 }) }], 9999, seededRandom(1))).toEqual({ p: 1, least: 1 })
  })

  test('is compared within its own case only: more runs of another case are no change', () => {
    const busy = { base: spread({ book: 20 }), next: spread({ book: 4 }) }
    const quiet = { base: spread({ move: 4, cancel: 1 }), next: spread({ move: 20, cancel: 5 }) }
    expect(p(busy, quiet)).toBeGreaterThan(0.5)
    expect(p({ base: [...busy.base, ...quiet.base], next: [...busy.next, ...quiet.next] })).toBeLessThan(0.001)
  })

  test('raises no more false alarms than it should', () => {
    const random = seededRandom(7)
    const draw = (): string[] => Array.from({ length: 12 }, () => ['a', 'a', 'b', 'c'][Math.floor(random() * 4)]!)
    const alarms = Array.from({ length: 1000 }, () => compareChoices([{ base: draw(), next: draw() }], 499, random).p).filter(
      each => each <= 0.05,
    )
    expect(alarms.length / 1000).toBeLessThan(0.07)
  })

  test('never comes below its bound', () => {
    const strata = [{ base: spread({ a: 3 }), next: spread({ b: 2, c: 1 }) }]
    expect(leastChoicesP(strata)).toBeCloseTo(1 / 20, 10)
    expect(p(...strata)).toBeGreaterThanOrEqual(1 / 20)
  })
})

function choose<Value>(values: readonly Value[], count: number): Value[][] {
  if (count === 0) return [[]]
  return values.flatMap((value, i) => choose(values.slice(i + 1), count - 1).map(rest => [value, ...rest]))
}
