import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { ended, numeric, started, tallied, type Ending, type PlanDraft } from './journals.js'
import { adaptiveScenes, anyEnding, disorderedScenes, told } from './plans.js'

describe('stopping once an entry is decided', () => {
  test('a lost entry is decided at its first failure, one that may still be lost is not', () => {
    const plan: PlanDraft = { entries: [{ cases: [{ repeats: 10 }] }] }
    expect(tallied(plan, [ended(0, 'passed')]).decided(0)).toBe(false)
    expect(tallied(plan, [ended(0, 'passed'), ended(1, 'failed')]).decided(0)).toBe(true)
  })

  test('a won entry is decided as soon as no failure can lose it, and while there is something to leave out', () => {
    const plan: PlanDraft = { entries: [{ cases: [{ repeats: 10 }] }], thresholds: { passRate: { min: 0.5 } } }
    const tally = createTally(started(plan))
    const decided = Array.from({ length: 10 }, (_, index) => (tally.add(ended(index, 'passed')), tally.decided(0)))
    expect(decided).toEqual([false, false, false, false, true, true, true, true, true, false])
  })

  test('an entry waits for a rule of the suite, not for one of another entry', () => {
    const half = { passRate: { min: 0.5 } }
    const own: PlanDraft = {
      entries: [
        { cases: [{ repeats: 4 }], thresholds: half },
        { cases: [{ repeats: 4 }], thresholds: half },
      ],
    }
    const firstTwo = [ended(0, 'passed'), ended(1, 'passed')]
    expect(tallied(own, firstTwo).decided(0)).toBe(true)
    expect(tallied(own, firstTwo).decided(1)).toBe(false)
    expect(tallied({ ...own, thresholds: half }, firstTwo).decided(0)).toBe(false)
  })

  test('a metric is not decided while runs are open', () => {
    const metrics = [{ metric: 'reply', statistic: 'mean' as const, bounds: { max: 1 } }]
    const plan: PlanDraft = { entries: [{ cases: [{ repeats: 3 }] }], thresholds: { metrics } }
    expect(tallied(plan, [ended(0, 'failed', { metrics: [numeric(100)] }), ended(1, 'failed')]).decided(0)).toBe(false)
  })

  test('a rule whose runs have all ended holds up nobody, one that may still fail does', () => {
    const plan: PlanDraft = {
      entries: [{ cases: [{ repeats: 1, tags: ['smoke'] }, { repeats: 4 }] }],
      thresholds: { passRate: { min: 0.4 }, mustPass: { tags: ['smoke'], scenarios: [] } },
    }
    const others = [1, 2].map(index => ended(index, 'passed'))
    expect(tallied(plan, others).decided(0)).toBe(false)
    expect(tallied(plan, [...others, ended(0, 'passed')]).decided(0)).toBe(true)
  })

  test('an entry of which nothing was counted is not left out, lest its own rules could not tell', () => {
    const lost = ended(0, 'failed')
    for (const thresholds of [{ coverage: 1 }, { passRate: { min: 0 } }, { eachScenario: { min: 0 } }]) {
      const plan: PlanDraft = {
        entries: [{ cases: [{ repeats: 2 }] }, { cases: [{ repeats: 2 }], thresholds }],
        thresholds: { passRate: { min: 1 } },
      }
      expect(tallied(plan, [lost]).decided(0)).toBe(true)
      expect(tallied(plan, [lost]).decided(1)).toBe(false)
      expect(tallied(plan, [lost, ended(2, 'passed')]).decided(1)).toBe(true)
    }
  })

  test.each([
    ['any plan', disorderedScenes],
    ['plans with cases that run until they are decided', adaptiveScenes],
  ])('gives, of %s, the verdict that any way of going on would have given', (_, anyScene) => {
    let decisions = 0
    const way = fc.record({
      own: fc.infiniteStream(fc.constantFrom(...told)),
      others: fc.infiniteStream(fc.constantFrom(...anyEnding)),
      isHeld: fc.infiniteStream(fc.boolean()),
    })
    fc.assert(
      fc.property(anyScene, fc.array(way, { minLength: 1, maxLength: 4 }), ({ plan, ends }, ways) => {
        const { entries } = started(plan).plan
        const tally = tallied(plan, [])
        ends.forEach((end, n) => {
          tally.add(end)
          const open = ends.slice(n + 1).map(({ index }) => index)
          for (const { index: entry, cases } of entries) {
            const [own, others] = split(open, run => cases.some(each => run >= each.firstRun && run < each.firstRun + each.repeats))
            if (!tally.decided(entry) || own.length === 0) continue
            decisions += 1
            for (const going of ways) {
              const rest = others.map(run => ended(run, next(going.others), { metrics: [numeric(1)] }))
              const verdictIf = (ending: () => Ending): string => {
                const held = own.map(run => ended(run, ending(), { metrics: [numeric(99)] }))
                return tallied(plan, [...ends.slice(0, n + 1), ...rest, ...held]).report().gate.verdict
              }
              const stopped = verdictIf(() => 'not_run:decided')
              expect(verdictIf(() => 'passed')).toBe(stopped)
              expect(verdictIf(() => 'failed')).toBe(stopped)
              expect(verdictIf(() => next(going.own))).toBe(stopped)
              expect(verdictIf(() => (next(going.isHeld) ? next(going.own) : 'not_run:decided'))).toBe(stopped)
            }
          }
        })
      }),
      { numRuns: 100 },
    )
    expect(decisions).toBeGreaterThan(50)
  })
})

function split(runs: readonly number[], isLeft: (run: number) => boolean): [number[], number[]] {
  return [runs.filter(isLeft), runs.filter(run => !isLeft(run))]
}

function next<T>(stream: Iterator<T>): T {
  return stream.next().value as T
}
