import { describe, expect, test } from 'vitest'
import type { Document, Scenario } from '../../../../src/domain/document.js'
import { runsOf, type Plan } from '../../../../src/domain/plan.js'
import type { Thresholds } from '../../../../src/domain/thresholds.js'
import type { PlanOptions } from '../../../../src/domain/plan-options.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { document, entry, limits, scenario } from '../../../support/build.js'

const repeated = (more: Partial<Scenario> = {}): Scenario => scenario({}, { frequency: { min: 3, max: 20 }, ...more })
const asking = (thresholds: Partial<Thresholds>): Thresholds => ({ metrics: [], ...thresholds })
const each = (min: number, confidence?: number): Thresholds => asking({ eachScenario: { min, ...(confidence && { confidence }) } })

function planned(suite: Document, options?: PlanOptions): Plan {
  const result = planRuns(suite, options)
  if (!('plan' in result)) throw new Error(JSON.stringify(result.diagnostics.map(({ message }) => message)))
  return result.plan
}

const caseOf = (suite: Document, options?: PlanOptions) => planned(suite, options).entries[0]?.cases[0]
const messages = (suite: Document, options?: PlanOptions): string[] => {
  const result = planRuns(suite, options)
  return 'plan' in result ? [] : result.diagnostics.map(({ code, message }) => `${code}: ${message}`)
}

test('a case that runs until it is decided is planned as often as it may run', () => {
  const suite = document({ scenarios: [repeated()], thresholds: each(0.8) })
  expect(planned(suite).totalRuns).toBe(20)
  expect(caseOf(suite)).toMatchObject({
    repeats: 20,
    untilDecided: { min: 3, bars: [{ of: 'suite', rule: 'each_scenario', min: 0.8, confidence: 0.95 }] },
  })
})

test('its entry says how often rather than its scenario, and the command line rather than both', () => {
  const suite = document({ scenarios: [repeated()], entries: [entry({ frequency: { min: 1, max: 30 } })], thresholds: each(0.8) })
  expect(caseOf(suite)).toMatchObject({ repeats: 30, untilDecided: { min: 1 } })
  expect(caseOf(suite, { frequency: 4 })).toMatchObject({ repeats: 4 })
  expect(caseOf(suite, { frequency: 4 })).not.toHaveProperty('untilDecided')
})

const bars = (own: Thresholds | undefined, ofEntry: Thresholds | undefined, ofSuite: Thresholds) => {
  const suite = document({
    scenarios: [repeated(own && { thresholds: own })],
    entries: [entry(ofEntry && { thresholds: ofEntry })],
    thresholds: ofSuite,
  })
  return caseOf(suite)?.untilDecided?.bars.map(({ of, rule, min, confidence }) => `${of} ${rule} ${min} ${confidence}`)
}

describe('what decides', () => {
  test('are all the rules about the case alone', () => {
    const own = asking({ passRate: { min: 0.7, confidence: 0.9 }, eachScenario: { min: 0.6 } })
    expect(bars(own, each(0.5), each(0.4))).toEqual([
      'suite each_scenario 0.4 0.95',
      'entry each_scenario 0.5 0.95',
      'scenario each_scenario 0.6 0.95',
      'scenario pass_rate 0.7 0.9',
    ])
  })

  test('is a pass rate of many cases only where there are none, and then the nearest', () => {
    const many = asking({ passRate: { min: 0.7 } })
    expect(bars(undefined, many, asking({ passRate: { min: 0.6 }, eachScenario: { min: 0.5 } }))).toEqual(['suite each_scenario 0.5 0.95'])
    expect(bars(undefined, many, asking({ passRate: { min: 0.6 } }))).toEqual(['entry pass_rate 0.7 0.95'])
    expect(bars(undefined, undefined, asking({ passRate: { min: 0.6, confidence: 0.8 } }))).toEqual(['suite pass_rate 0.6 0.8'])
  })
})

const suiteOf = (thresholds: Thresholds, own: Partial<Scenario> = {}) => document({ scenarios: [repeated(own)], thresholds })

describe('before any call it is an error', () => {
  test('that nothing decides', () => {
    expect(messages(suiteOf(asking({})))).toEqual([expect.stringMatching(/^FREQUENCY_WITHOUT_BAR: .* smoke\/cancel /)])
    expect(messages(suiteOf(asking({ allOf: 3 })))).toEqual([expect.stringMatching(/^FREQUENCY_WITHOUT_BAR/)])
  })

  test('that it must always pass: no number of runs would show that', () => {
    expect(messages(suiteOf(each(1)))).toEqual([expect.stringMatching(/^FREQUENCY_UNDECIDABLE: .*each_scenario of the suite is 1/)])
  })

  test('that it may not run often enough, and it says how often that would be', () => {
    expect(messages(suiteOf(each(0.9)))).toEqual([
      'FREQUENCY_TOO_FEW: smoke/cancel could not be decided as passed in 20 runs: each_scenario of the suite, 0.9 at a confidence of 0.95, takes at least 40, even if none fails.',
    ])
    expect(messages(suiteOf(each(0.9), { frequency: { min: 3, max: 40 } }))).toEqual([])
    expect(messages(suiteOf(each(0.9999999), { frequency: { min: 3, max: 40 } }))).toEqual([expect.stringContaining('more than a million')])
  })

  test('that it may be decided in fewer runs than all_of asks for', () => {
    expect(messages(suiteOf(asking({ eachScenario: { min: 0.8 }, allOf: 4 })))).toEqual([expect.stringMatching(/^ALL_OF_TOO_FEW/)])
    expect(messages(suiteOf(asking({ eachScenario: { min: 0.8 }, allOf: 3 })))).toEqual([])
  })

  test('that its most runs are more than limits.max_runs', () => {
    expect(messages({ ...suiteOf(each(0.8)), limits: { ...limits, maxRuns: 19 } })).toEqual([expect.stringMatching(/^TOO_MANY_RUNS/)])
  })

  test('that no_regression names no baseline, nor the command line', () => {
    const suite = document({ thresholds: asking({ noRegression: { alpha: 0.01 } }) })
    expect(messages(suite)).toEqual([expect.stringMatching(/^BASELINE_UNNAMED/)])
    expect(planned(suite, { baseline: 'main' }).thresholds.noRegression).toEqual({ alpha: 0.01, baseline: 'main' })
    expect(planned(document(), { baseline: 'main' }).thresholds.noRegression).toEqual({ alpha: 0.05, baseline: 'main' })
  })
})

test('runs that may not be needed are started last, one of each case at a time', () => {
  const suite = document({
    scenarios: [
      repeated({ key: 'a', frequency: { min: 1, max: 4 } }),
      repeated({ key: 'b', frequency: 2 }),
      repeated({ key: 'c', frequency: { min: 2, max: 3 } }),
    ],
    thresholds: each(0.1, 0.5),
  })
  const order = planned(suite).entries.flatMap(own => [...runsOf(own)].map(({ key, index }) => `${key.slice('smoke/'.length)} ${index}`))
  expect(order).toEqual(['a#1 0', 'b#1 4', 'b#2 5', 'c#1 6', 'c#2 7', 'a#2 1', 'a#3 2', 'c#3 8', 'a#4 3'])
})
