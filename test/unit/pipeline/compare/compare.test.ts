import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import type { RunEnded, SuiteStarted } from '../../../../src/domain/event.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { Thresholds } from '../../../../src/domain/thresholds.js'
import { compare as compareFacts, type Compared } from '../../../../src/pipeline/compare/compare.js'
import { gatherFacts, type ResultFacts } from '../../../../src/pipeline/compare/facts.js'
import { tellsNothing } from '../../../../src/pipeline/compare/tells-nothing.js'

/** A run: how it ended, and its metrics. */
interface Run {
  readonly status: Outcome['status']
  readonly metrics?: Readonly<Record<string, number | string | readonly number[] | null>>
  readonly flaky?: boolean
}

const pass: Run = { status: 'passed' }
const fail: Run = { status: 'failed' }
const times = (count: number, run: Run): Run[] => Array.from({ length: count }, () => run)
const measured = (metric: string, values: readonly (number | readonly number[])[]): Run[] =>
  values.map(value => ({ status: 'passed', metrics: { [metric]: value } }))

/** Facts of a result with one run entry, `shop`. @param min  With it, its cases run until they are decided. */
function result(cases: Readonly<Record<string, readonly Run[]>>, thresholds: Partial<Thresholds> = {}, min?: number): ResultFacts {
  const keys = Object.keys(cases)
  const summaries = keys.map((key, index) => ({
    index,
    key: `shop/${key}`,
    repeats: cases[key]?.length,
    firstRun: 0,
    ...(min && { untilDecided: { min, bars: [] } }),
    scenario: { key, metrics: [] },
  }))
  const plan = { thresholds: { metrics: [], ...thresholds }, entries: [{ index: 0, slug: 'shop', cases: summaries }] }
  const { add, facts } = gatherFacts({ plan, options: {} } as unknown as SuiteStarted)
  for (const key of keys) for (const [i, run] of (cases[key] ?? []).entries()) add(ended(`shop/${key}#${i + 1}`, run))
  return facts()
}

function ended(run: string, { status, metrics = {}, flaky = false }: Run): RunEnded {
  const scores = Object.entries(metrics).map(([metric, value]) => ({
    metric,
    type: typeof value === 'string' ? 'enum' : 'numeric',
    ...(Array.isArray(value) ? { value: value[0], samples: value } : { value }),
  }))
  return { run, flaky, outcome: { status, verdict: { holds: 'yes', checks: [], metrics: scores } } } as unknown as RunEnded
}

const twelveOf = (run: Run) => Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`case_${i}`, [run]]))

const compare = (base: ResultFacts, next: ResultFacts, alpha = 0.05): Compared => compareFacts(base, next, alpha, seededRandom(1))

/** What came out other than `unclear`: `shop/a: worse`, `shop/a words: better`. */
function found({ cases, entries }: Compared): string[] {
  return [
    ...cases.flatMap(({ key, passRate, metrics }) => [
      `${key}: ${passRate?.verdict}`,
      ...metrics.map(({ metric, finding }) => `${key} ${metric}: ${finding.verdict}`),
    ]),
    ...entries.flatMap(({ entry, others, metrics }) => [
      ...(others ? [`${entry} others: ${others.passRate.verdict}`] : []),
      ...metrics.map(({ metric, finding }) => `${entry} ${metric}: ${finding.verdict}`),
    ]),
  ].filter(line => !line.endsWith(': unclear'))
}

describe('pass rates', () => {
  test('a case that always passed and now always fails got worse, the other way round better', () => {
    const [good, bad] = [result({ a: times(8, pass), b: times(8, pass) }), result({ a: times(8, fail), b: times(8, pass) })]
    expect(found(compare(good, bad))).toEqual(['shop/a: worse'])
    expect(compare(good, bad).verdict).toBe('regressed')
    expect(found(compare(bad, good))).toEqual(['shop/a: better'])
    expect(compare(bad, good).verdict).toBe('no_regression')
  })

  test('one failure in five is what chance does', () => {
    const compared = compare(result({ a: times(5, pass) }), result({ a: [...times(4, pass), fail] }))
    expect(found(compared)).toEqual([])
    expect(compared.cases[0]?.passRate?.p).toBe(1)
  })

  test('agent_error counts as a failure; what could not be told counts for neither', () => {
    const untold: Run[] = [{ status: 'infra_error' }, { status: 'unscored' }, { status: 'not_run' }, { status: 'caller_invalid' }]
    const compared = compare(result({ a: times(8, pass) }), result({ a: [...times(8, { status: 'agent_error' }), ...untold] }))
    expect(found(compared)).toEqual(['shop/a: worse'])
    expect(compared.cases[0]?.new).toEqual({ passed: 0, counted: 8, untold: 4 })
  })

  test('cases of one run each are told together', () => {
    const compared = compare(result(twelveOf(pass)), result(twelveOf(fail)))
    expect(found(compared)).toEqual(['shop others: worse'])
    expect(compared.entries[0]?.others).toMatchObject({ cases: 12, base: { passed: 12, counted: 12 }, new: { passed: 0, counted: 12 } })
    expect(compared.verdict).toBe('regressed')
  })

  test('cases that could not show a total change are named, whatever came of them', () => {
    const compared = compare(result({ a: times(3, pass), b: times(4, pass) }), result({ a: times(3, pass), b: times(4, pass) }))
    expect(compared.tooFewRuns).toEqual(['shop/a'])
  })

  test('where no run was counted, nothing is compared, and it is not called a pass', () => {
    const compared = compare(result({ a: [pass], b: [pass] }), result({ a: [{ status: 'infra_error' }], c: [pass] }))
    expect(compared.verdict).toBe('nothing_compared')
    expect(compared.added).toEqual(['shop/c'])
    expect(compared.gone).toEqual(['shop/b'])
  })
})

const low = [10, 11, 12, 10, 11, 12, 10, 11]
const high = low.map(value => value + 10)
const bounded = (bounds: { min?: number; max?: number }) => ({ metrics: [{ metric: 'weight', statistic: 'mean', bounds } as const] })
/** What is found of a metric that was low, and now is high. */
const change = (metric: string) => found(compare(result({ a: measured(metric, low) }), result({ a: measured(metric, high) })))
/** Runs with three samples each. */
const sampled = (values: readonly number[]) =>
  measured(
    'weight',
    values.map(value => [value - 1, value + 1, value]),
  )

describe('metrics', () => {
  test.each([
    ['with an upper bound: more is worse', bounded({ max: 100 }), 'worse'],
    ['with a lower bound: more is better', bounded({ min: 1 }), 'better'],
    ['with both bounds: nobody can tell', bounded({ min: 1, max: 100 }), 'changed'],
    ['with none: nobody can tell', {}, 'changed'],
  ])('%s', (_, thresholds, verdict) => {
    const compared = compare(result({ a: measured('weight', low) }), result({ a: measured('weight', high) }, thresholds))
    expect(found(compared)).toEqual([`shop/a weight: ${verdict}`])
    expect(compared.verdict).toBe(verdict === 'worse' ? 'regressed' : 'no_regression')
  })

  test('built-in metrics have the direction that they are meant in; times have none of their own', () => {
    expect(change('repetition')).toEqual(['shop/a repetition: worse'])
    expect(change('tool_call_success')).toEqual(['shop/a tool_call_success: better'])
    expect(change('latency_ms')).toEqual(['shop/a latency_ms: changed'])
    for (const rating of ['csat', 'relevancy', 'response_consistency', 'verbosity', 'expected_outcome', 'appropriate_termination_by_agent'])
      expect(change(rating)).toEqual([`shop/a ${rating}: better`])
    for (const mistakes of ['hallucination', 'unnecessary_repetition']) expect(change(mistakes)).toEqual([`shop/a ${mistakes}: worse`])
    expect(change('toString')).toEqual(['shop/a toString: changed'])
  })

  test('the interval holds the difference of means, and a run with many samples counts once', () => {
    const {
      difference,
      interval,
      base,
      new: now,
    } = compare(result({ a: sampled(low) }), result({ a: sampled(high) })).cases[0]!.metrics[0]!
    expect(difference).toBeCloseTo(10, 9)
    expect([base.runs, now.runs, base.mean, now.mean]).toEqual([8, 8, 10.875, 20.875])
    expect(interval!.lower).toBeLessThan(10)
    expect(interval!.upper).toBeGreaterThan(10)
  })

  test('an entry is compared case by case: more runs of a slow case make nothing slower', () => {
    const base = result({ slow: measured('weight', [100, 101, 102]), fast: measured('weight', [1, 2, 3, 1, 2, 3, 1, 2, 3]) })
    const next = result({ slow: measured('weight', [100, 101, 102, 100, 101, 102, 100, 101, 102]), fast: measured('weight', [1, 2, 3]) })
    expect(found(compare(base, next))).toEqual([])
    expect(compare(base, next).entries[0]?.metrics[0]?.difference).toBeCloseTo(0, 9)
  })

  test('what was not scored, and what is in words, is left out', () => {
    const runs = [...measured('weight', [1, 2]), { status: 'passed', metrics: { weight: null } } as const]
    expect(compare(result({ a: runs }), result({ a: runs })).cases[0]?.metrics[0]?.base.runs).toBe(2)
  })
})

test('mixed outcomes in either result, and passes at a second try, are called flaky', () => {
  const base = result({ a: [pass, fail], b: [pass, pass], c: [pass, { ...pass, flaky: true }], d: [fail, fail] })
  const next = result({ a: [pass, pass], b: [pass, { status: 'agent_error' }], c: [pass, pass], d: [pass, pass] })
  expect(compare(base, next).flaky.map(({ key }) => key)).toEqual(['shop/a', 'shop/b', 'shop/c'])
})

test('the same results give the same comparison', () => {
  const random = seededRandom(2)
  const [base, next] = [simulated(random), simulated(random)]
  expect(compare(base, next)).toEqual(compare(base, next))
})

test('of comparisons of results between which nothing changed, at most alpha raise any alarm', () => {
  const random = seededRandom(4)
  const trials = 400
  let alarms = 0
  for (let i = 0; i < trials; i += 1) {
    const { tests, ...compared } = compareFacts(simulated(random), simulated(random), 0.1, random)
    expect(tests).toBeGreaterThan(1)
    if (found({ tests, ...compared }).length > 0) alarms += 1
  }
  // Three standard errors above alpha.
  expect(alarms / trials).toBeLessThanOrEqual(0.1 + 3 * Math.sqrt((0.1 * 0.9) / trials))
  expect(alarms).toBeGreaterThan(0)
})

/** Five cases of other pass rates, eight runs each, with a metric of numbers and one of zeros and ones; and three run once. */
function simulated(random: () => number): ResultFacts {
  const run = (rate: number): Run => ({
    status: random() < rate ? 'passed' : 'failed',
    metrics: { weight: -Math.log(1 - random()), kind: Number(random() < 0.7) },
  })
  const cases = [0.3, 0.5, 0.7, 0.9, 1].map((rate, i) => [`often_${i}`, Array.from({ length: 8 }, () => run(rate))] as const)
  const seldom = [0.4, 0.6, 0.8].map((rate, i) => [`once_${i}`, [run(rate)]] as const)
  return result(Object.fromEntries([...cases, ...seldom]))
}

const topics = (counts: Readonly<Record<string, number>>): Run[] =>
  Object.entries(counts).flatMap(([topic, many]) => times(many, { status: 'passed', metrics: { topic } }))
const twelveAbout = (topic: string) => twelveOf({ status: 'passed', metrics: { topic } })

describe('enums', () => {
  test('that come out otherwise are told, value by value, and are neither better nor worse', () => {
    const compared = compare(result({ a: topics({ book: 9, move: 1 }) }), result({ a: topics({ cancel: 8, move: 2 }) }))
    const [topic] = compared.cases[0]?.choices ?? []
    expect(topic).toMatchObject({ metric: 'topic', base: { book: 9, cancel: 0, move: 1 }, new: { book: 0, cancel: 8, move: 2 } })
    expect(topic?.finding.verdict).toBe('changed')
    expect(compared.verdict).toBe('no_regression')
  })

  test('of cases that ran once are compared over the whole run entry', () => {
    const compared = compare(result(twelveAbout('book')), result(twelveAbout('cancel')))
    expect(compared.cases.flatMap(({ choices }) => choices.map(({ finding }) => finding.verdict))).toEqual(Array(12).fill('unclear'))
    expect(compared.entries[0]?.choices).toMatchObject([{ base: { book: 12 }, new: { cancel: 12 }, finding: { verdict: 'changed' } }])
  })
})

describe('a case that runs until it is decided', () => {
  test('is compared by its first runs only, whose number is not its doing', () => {
    const base = result({ a: [...times(4, pass), ...times(9, fail)] }, {}, 4)
    const next = result({ a: [...times(4, pass), ...times(20, pass)] }, {}, 4)
    const compared = compare(base, next)
    expect(compared.cases[0]).toMatchObject({ base: { passed: 4, counted: 4 }, new: { passed: 4, counted: 4 }, passRate: { p: 1 } })
    expect(compared.flaky.map(({ key }) => key)).toEqual(['shop/a'])
  })
})

describe('a comparison that was bound to find nothing', () => {
  test('is one of few runs, in each case and in all together', () => {
    expect(tellsNothing(compare(result({ a: times(3, pass) }), result({ a: times(3, pass) })))).toBe(true)
    expect(tellsNothing(compare(result({ a: times(4, pass) }), result({ a: times(4, pass) })))).toBe(false)
    expect(tellsNothing(compare(result(twelveOf(pass)), result(twelveOf(pass))))).toBe(false)
    expect(tellsNothing(compare(result({ a: [pass], b: [pass] }), result({ a: [pass], b: [pass] })))).toBe(true)
  })
})
