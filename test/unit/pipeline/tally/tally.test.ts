import { describe, expect, test } from 'vitest'
import type { SuiteEvent } from '../../../../src/domain/event.js'
import type { MetricScore } from '../../../../src/domain/verdict.js'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { ended, numeric, started, tallied, type PlanDraft } from './journals.js'

const ms = (iso: string): number => Date.parse(iso)

/** A rate that was yes or no on each occasion. */
const rate = (samples: readonly number[]): MetricScore => ({
  metric: 'yields',
  type: 'numeric',
  value: samples.reduce((sum, each) => sum + each, 0) / samples.length,
  samples,
  isRate: true,
})

describe('a report', () => {
  const plan: PlanDraft = { entries: [{ cases: [{ repeats: 2 }, { repeats: 1 }] }, { cases: [{ repeats: 1 }] }] }

  test('counts by case, entry and suite, in plan order', () => {
    const report = tallied(plan, [
      ended(3, 'agent_error', { durationMs: 7 }),
      ended(1, 'passed', { earlier: ['agent_error'], durationMs: 20 }),
      ended(0, 'failed', { durationMs: 10 }),
      ended(2, 'caller_invalid'),
    ]).report()
    expect(report.totals).toEqual({
      runs: 4,
      passed: 1,
      failed: 1,
      agent_error: 1,
      infra_error: 0,
      caller_invalid: 1,
      unscored: 0,
      not_run: 0,
      flaky: 1,
    })
    expect(report.entries.map(({ name, totals, cases }) => [name, totals.runs, cases.map(each => each.key)])).toEqual([
      ['A', 3, ['a/c0', 'a/c1']],
      ['B', 1, ['b/c2']],
    ])
    expect(report.entries.at(0)?.cases.at(0)).toMatchObject({
      index: 0,
      durationMs: 30,
      totals: { runs: 2, passed: 1, failed: 1, flaky: 1 },
    })
  })

  test('ends with the last event, by the events’ own times', () => {
    const tally = createTally(started(plan))
    tally.add(ended(0, 'passed', { atMs: 5000 }))
    tally.add(ended(1, 'passed', { atMs: 4000 }))
    const report = tally.report()
    expect(ms(report.endedAt) - ms(report.startedAt)).toBe(5000)
    expect(report.durationMs).toBe(5000)
    tally.add({ type: 'suite.ended', at: '2030-01-01T00:00:00.000Z', report })
    expect(tally.report()).toEqual(report)
  })

  test('says what stopped it, unless it was taken up again', () => {
    const stopping: SuiteEvent = { type: 'suite.stopping', at: '2026-11-24T20:00:01.000Z', reason: 'cancelled' }
    const resumed: SuiteEvent = { type: 'suite.resumed', total: 9, done: 2, at: '2026-11-24T21:00:00.000Z' }
    const first = [0, 1].map(index => ended(index, 'passed'))
    const rest = [2, 3].map(index => ended(index, 'not_run:cancelled'))
    expect(tallied(plan, [...first, stopping, ...rest]).report().stopped).toBe('cancelled')
    expect(tallied(plan, first).report().stopped).toBe('crashed')
    const whole = tallied(plan, [...first, stopping, ...rest, resumed, ended(2, 'passed'), ended(3, 'passed')]).report()
    expect(whole.stopped).toBeUndefined()
    expect(whole.totals).toMatchObject({ runs: 4, passed: 4, not_run: 0 })
    expect(whole.gate.verdict).toBe('passed')
  })

  test('counts the last end of a run that ended twice, its samples included', () => {
    const twice = tallied(plan, [
      ended(0, 'failed', { metrics: [numeric(1, [1, 2])], durationMs: 50 }),
      ended(0, 'passed', { metrics: [numeric(9)], durationMs: 5 }),
    ])
    expect(twice.failures).toBe(0)
    expect(twice.report()).toMatchObject({
      totals: { runs: 4, passed: 1, failed: 0, not_run: 3 },
      metrics: [{ metric: 'reply', count: 1, mean: 9 }],
      entries: [{ cases: [{ durationMs: 5 }, {}] }, {}],
    })
  })

  test('has no figures of a share of fewer than 10 samples, and its threshold is inconclusive', () => {
    const bounded: PlanDraft = {
      entries: [{ cases: [{ repeats: 2 }] }],
      thresholds: { metrics: [{ metric: 'yields', statistic: 'mean', bounds: { min: 0.9 } }] },
    }
    const after = (second: number) =>
      tallied(bounded, [
        ended(0, 'passed', { metrics: [rate([1, 1, 0, 1, 1])] }),
        ended(1, 'passed', { metrics: [rate(Array.from({ length: second }, () => 1))] }),
      ]).report()
    expect(after(4).metrics).toEqual([{ metric: 'yields', type: 'numeric', count: 9, unscored: 0, tooFew: true }])
    expect(after(4).gate.lines).toContainEqual(
      expect.objectContaining({ verdict: 'could_not_tell', because: '9 samples are too few for a share, which needs 10' }),
    )
    expect(after(5).metrics).toMatchObject([{ count: 10, mean: 0.9 }])
    expect(after(5).gate.verdict).toBe('passed')
  })

  test('sums up each metric, for the suite and each entry', () => {
    const { metrics, entries } = tallied(plan, [
      ended(0, 'passed', { metrics: [numeric(2, [1, 3]), { metric: 'bye', type: 'binary', value: true }] }),
      ended(1, 'failed', { metrics: [numeric(null), { metric: 'bye', type: 'binary', value: false }] }),
      ended(3, 'passed', { metrics: [numeric(5), { metric: 'a_topic', type: 'enum', value: 'move' }] }),
      ended(2, 'passed', { metrics: [{ metric: 'a_topic', type: 'enum', value: 'book' }] }),
    ]).report()
    expect(metrics).toEqual([
      { metric: 'a_topic', type: 'enum', count: 2, unscored: 0, values: { book: 1, move: 1 } },
      {
        metric: 'bye',
        type: 'binary',
        count: 2,
        unscored: 0,
        mean: 0.5,
        min: 0,
        max: 1,
        p25: 0,
        p50: 0,
        p75: 1,
        p90: 1,
        p95: 1,
        p99: 1,
      },
      {
        metric: 'reply',
        type: 'numeric',
        count: 3,
        unscored: 1,
        mean: 3,
        min: 1,
        max: 5,
        p25: 1,
        p50: 3,
        p75: 5,
        p90: 5,
        p95: 5,
        p99: 5,
      },
    ])
    expect(entries.map(each => each.metrics.map(({ metric, count, unscored }) => [metric, count, unscored]))).toEqual([
      [
        ['a_topic', 1, 0],
        ['bye', 2, 0],
        ['reply', 2, 1],
      ],
      [
        ['a_topic', 1, 0],
        ['reply', 1, 0],
      ],
    ])
  })

  test('refuses a run that the plan does not hold', () => {
    expect(() => tallied(plan, [ended(4, 'passed')])).toThrow(RangeError)
  })
})
