import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import type { Gate, Report } from '../../../../src/domain/report.js'
import type { Bar, UntilDecided } from '../../../../src/domain/thresholds.js'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { outlookOf } from '../../../support/outlook.js'
import { ended, lineOf, repeat, reportOf, started, tallied, type Ending, type PlanDraft } from './journals.js'

const bar = (min: number, more: Partial<Bar> = {}): Bar => ({ of: 'suite', rule: 'each_scenario', min, confidence: 0.95, ...more })
const until = (min: number, ...bars: readonly Bar[]): UntilDecided => ({ min, bars })

/** A case that has to pass two times in three, and runs up to 20 times. */
const twoInThree: PlanDraft = {
  entries: [{ cases: [{ repeats: 20, untilDecided: until(3, bar(0.66)) }] }],
  thresholds: { eachScenario: { min: 0.66 } },
}

/** Runs a plan in plan order as the app does: once a case is decided, the rest of it is left out. */
function held(plan: PlanDraft, ending: (run: number) => Ending): Report {
  const first = started(plan)
  const tally = createTally(first)
  for (const { index: own, firstRun, repeats } of first.plan.entries.flatMap(({ cases }) => cases)) {
    for (let run = firstRun; run < firstRun + repeats; run += 1) {
      tally.add(ended(run, tally.caseVerdict(own) === 'undecided' ? ending(run) : 'not_run:decided'))
    }
  }
  return tally.report()
}

describe('a case that runs until it is decided', () => {
  test('is met, or missed, as soon as its runs show it, and the rest is saved', () => {
    const good = held(twoInThree, () => 'passed')
    expect(good.gate.verdict).toBe('passed')
    expect(good.entries[0]).toMatchObject({ saved: 10, cases: [{ saved: 10, decision: { verdict: 'met', counted: 10, passed: 10 } }] })
    expect(lineOf(good, 'coverage')).toMatchObject({ verdict: 'met', measured: '100.0 % (10 of 10)' })
    expect(lineOf(good, 'each_scenario')).toMatchObject({
      required: '>= 66.0 %',
      measured: '66.1 % to 100.0 % at 95 % confidence (10 of 10)',
    })

    const bad = held(twoInThree, () => 'failed')
    expect(bad.gate.verdict).toBe('failed')
    expect(bad.entries[0]?.cases[0]).toMatchObject({ saved: 16, decision: { verdict: 'not_met', counted: 4 } })
  })

  test('could not be told where its runs are used up first: never a pass', () => {
    const wavering = held(twoInThree, run => (run % 4 === 3 ? 'failed' : 'passed'))
    expect(wavering.gate.verdict).toBe('could_not_tell')
    expect(lineOf(wavering, 'each_scenario')).toMatchObject({ verdict: 'could_not_tell', because: 'undecided: a/c0' })
    expect(lineOf(wavering, 'each_scenario').measured).toMatch(/^39\.0 % to 96\.3 % at 95 % confidence \(15 of 20\)$/)
  })

  test('is conducted at least as often as it says, though it was clear before', () => {
    const often: PlanDraft = { ...twoInThree, entries: [{ cases: [{ repeats: 20, untilDecided: until(15, bar(0.66)) }] }] }
    expect(held(often, () => 'passed').entries[0]).toMatchObject({ saved: 5, cases: [{ decision: { counted: 15 } }] })
  })

  test('counts runs that could not be told for neither side, though they use up its runs', () => {
    const half = held({ ...twoInThree, thresholds: { ...twoInThree.thresholds, coverage: 0.4 } }, run =>
      run % 2 === 0 ? 'infra_error' : 'passed',
    )
    expect(half.entries[0]?.cases[0]?.decision).toMatchObject({ verdict: 'met', counted: 10, passed: 10 })
    expect(half.gate.verdict).toBe('passed')
    const less = held(twoInThree, run => (run % 3 === 0 ? 'passed' : 'caller_invalid'))
    expect(less.entries[0]?.cases[0]?.decision).toMatchObject({ verdict: 'undecided', counted: 7 })
    expect(less.gate.verdict).toBe('could_not_tell')
  })

  test('has to clear every bar that is about it alone', () => {
    const plan: PlanDraft = {
      entries: [
        {
          cases: [
            {
              repeats: 60,
              untilDecided: until(1, bar(0.5), bar(0.8, { of: 'scenario', rule: 'pass_rate' })),
              thresholds: { passRate: { min: 0.8 } },
            },
          ],
        },
      ],
      thresholds: { eachScenario: { min: 0.5 } },
    }
    const good = held(plan, () => 'passed')
    expect(good.entries[0]?.cases[0]?.decision).toMatchObject({ verdict: 'met', counted: 19 })
    const oneInFour = held(plan, run => (run % 4 === 3 ? 'failed' : 'passed'))
    expect(lineOf(oneInFour, 'each_scenario').verdict).toBe('met')
    expect(lineOf(oneInFour, 'pass_rate', 'a/c0').verdict).toBe('could_not_tell')
    expect(oneInFour.gate.verdict).toBe('could_not_tell')
  })

  test('is measured against a pass rate of many cases by its first runs only, as their number is not its doing', () => {
    const plan: PlanDraft = {
      entries: [{ cases: [{ repeats: 20, untilDecided: until(3, bar(0.5)) }, { repeats: 5 }] }],
      thresholds: { eachScenario: { min: 0.5 }, passRate: { min: 0.8 } },
    }
    // It fails twice after its first three, which passed.
    const report = held(plan, run => (run === 3 || run === 4 || run === 20 ? 'failed' : 'passed'))
    expect(lineOf(report, 'pass_rate').measured).toBe('87.5 % (7 of 8), only the first runs of cases that run until decided')
    expect(lineOf(report, 'each_scenario')).toMatchObject({
      verdict: 'met',
      measured: expect.stringMatching(/^1 of 1 case; 5\d\.\d % to /),
    })
  })

  test('is asked for a pass rate of many cases by itself where nothing else is asked of it', () => {
    const own = bar(0.66, { rule: 'pass_rate' })
    const plan: PlanDraft = {
      entries: [
        {
          cases: [
            { repeats: 20, untilDecided: until(3, own) },
            { repeats: 20, untilDecided: until(3, own) },
          ],
        },
      ],
      thresholds: { passRate: { min: 0.66 } },
    }
    // 24 of 28 passed; but the one that never passes is not made good by the other.
    const report = held(plan, run => (run < 20 ? 'passed' : 'failed'))
    expect(lineOf(report, 'pass_rate')).toMatchObject({ verdict: 'not_met', because: 'a/c1', required: 'each >= 66.0 %' })
  })

  test('still must not fail even once where it must pass, whenever that was', () => {
    const plan: PlanDraft = { ...twoInThree, thresholds: { ...twoInThree.thresholds, mustPass: { tags: [], scenarios: ['c0'] } } }
    const endings: Ending[] = [...repeat(10, 'passed'), 'failed', ...repeat(9, 'not_run:decided')]
    expect(lineOf(reportOf(plan, endings), 'each_scenario').verdict).toBe('met')
    expect(lineOf(reportOf(plan, endings), 'must_pass').verdict).toBe('not_met')
  })
})

describe('what was in progress when a case was decided', () => {
  const plan: PlanDraft = {
    entries: [
      {
        cases: [
          { repeats: 20, untilDecided: until(3, bar(0.66)) },
          { repeats: 20, untilDecided: until(1, bar(0.66)) },
        ],
      },
    ],
    thresholds: { eachScenario: { min: 0.66 }, coverage: 1 },
  }
  const endings = fc.array(fc.constantFrom<Ending>('passed', 'passed', 'passed', 'passed', 'failed', 'agent_error', 'unscored'), {
    minLength: 40,
    maxLength: 40,
  })

  test('changes no verdict: however many there are, and in whatever order runs end', () => {
    fc.assert(
      fc.property(
        endings,
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (ends, width, chance) => {
          const wanted = held(plan, run => ends[run]!)
          const seen = heldAtOnce(
            plan,
            run => ends[run]!,
            width,
            () => chance.next().value!,
          )
          expect(verdicts(seen.gate)).toEqual(verdicts(wanted.gate))
          expect(decisions(seen)).toEqual(decisions(wanted))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('waits for a slow failure: passes that are over first do not decide', () => {
    const tally = tallied(
      twoInThree,
      Array.from({ length: 12 }, (_, i) => ended(i + 1, 'passed')),
    )
    expect(tally.caseVerdict(0)).toBe('undecided')
    tally.add(ended(0, 'failed'))
    expect(tally.caseVerdict(0)).toBe('undecided')
    tally.add(ended(13, 'passed'))
    tally.add(ended(14, 'passed'))
    expect(tally.report().entries[0]?.cases[0]?.decision).toMatchObject({ counted: 15, passed: 14 })
  })

  test('is counted anew when a run ends a second time, as after a resumption', () => {
    const tally = tallied(twoInThree, [ended(0, 'infra_error'), ...Array.from({ length: 10 }, (_, i) => ended(i + 1, 'passed'))])
    expect(tally.caseVerdict(0)).toBe('met')
    tally.add(ended(0, 'failed'))
    expect(tally.caseVerdict(0)).toBe('undecided')
  })
})

describe('over many simulated suites', () => {
  const asked = { min: 0.66, confidence: 0.95 }
  const random = seededRandom(4)
  const simulated = (rate: number, suites: number): { passed: number; failed: number; meanRuns: number } => {
    let [passed, failed, runs] = [0, 0, 0]
    for (let n = 0; n < suites; n += 1) {
      const { gate, totals, entries } = held(twoInThree, () => (random() < rate ? 'passed' : 'failed'))
      passed += Number(gate.verdict === 'passed')
      failed += Number(gate.verdict === 'failed')
      runs += totals.runs - (entries[0]?.saved ?? 0)
    }
    return { passed: passed / suites, failed: failed / suites, meanRuns: runs / suites }
  }

  test('an agent that is just not good enough passes in at most 2.5 % of 10,000, and one that just is fails in no more', () => {
    const { passed, failed } = simulated(asked.min, 10_000)
    expect({ passed, failed }).toEqual({ passed: expect.closeTo(0.016, 2), failed: expect.closeTo(0.016, 2) })
    expect(Math.max(passed, failed)).toBeLessThan(0.025)
  })

  test('a good agent and a bad one take about half of their runs', () => {
    for (const rate of [1, 0.98, 0.2]) {
      const { meanRuns, ...told } = simulated(rate, 3000)
      const outlook = outlookOf(rate, asked, { min: 3, max: 20 })
      expect(meanRuns).toBeCloseTo(outlook.runs, 0)
      expect(Math.abs(told.passed - outlook.met)).toBeLessThan(0.02)
      expect(Math.abs(told.failed - outlook.notMet)).toBeLessThan(0.02)
      expect(meanRuns).toBeLessThan(12)
    }
  })
})

/** The same with so many runs at once, which end in any order. */
function heldAtOnce(plan: PlanDraft, ending: (run: number) => Ending, width: number, chance: () => number): Report {
  const first = started(plan)
  const tally = createTally(first)
  const waiting = first.plan.entries.flatMap(({ cases }) =>
    cases.flatMap(({ index: own, firstRun, repeats }) => Array.from({ length: repeats }, (_, i) => ({ own, run: firstRun + i }))),
  )
  const underWay: number[] = []
  while (waiting.length + underWay.length > 0) {
    while (underWay.length < width && waiting.length > 0) {
      const { own, run } = waiting.shift()!
      if (tally.caseVerdict(own) === 'undecided') underWay.push(run)
      else tally.add(ended(run, 'not_run:decided'))
    }
    const [run] = underWay.splice(Math.floor(chance() * underWay.length), 1)
    if (run !== undefined) tally.add(ended(run, ending(run)))
  }
  return tally.report()
}

function verdicts({ verdict, lines }: Gate): unknown {
  return { verdict, lines: lines.map(line => `${line.rule}: ${line.verdict}, ${line.measured}`) }
}

function decisions({ entries }: Report): unknown {
  return entries.flatMap(({ cases }) => cases.map(({ decision }) => decision))
}
