import { describe, expect, test } from 'vitest'
import type { JudgeControlled, SuiteStarted } from '../../../../src/domain/event.js'
import type { Holds, MetricScore } from '../../../../src/domain/verdict.js'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { ended, lineOf, started, type Ending } from './journals.js'

const plan = started({ entries: [{ cases: [{ repeats: 2 }] }] })
const withControls: SuiteStarted = { ...plan, plan: { ...plan.plan, controls: ['good', 'bad'] } }

function controlled(control: string, holds: Holds, because = ''): JudgeControlled {
  return { type: 'judge.controlled', at: plan.at, control, holds, because }
}

function reportOf(controls: readonly JudgeControlled[], endings: readonly Ending[] = ['passed', 'passed'], first = withControls) {
  const tally = createTally(first)
  endings.forEach((ending, index) => tally.add(ended(index, ending)))
  for (const event of controls) tally.add(event)
  return tally.report()
}

describe('judge_controls', () => {
  test('a judge that is right about all of them lets the runs decide', () => {
    const right = [controlled('good', 'yes'), controlled('bad', 'yes')]
    expect(reportOf(right).gate.verdict).toBe('passed')
    expect(reportOf(right, ['passed', 'failed']).gate.verdict).toBe('failed')
    expect(lineOf(reportOf(right), 'judge_controls')).toMatchObject({ verdict: 'met', measured: 'right about 2 of 2 controls' })
  })

  test.each<[string, Ending[]]>([
    ['passed', ['passed', 'passed']],
    ['failed', ['failed', 'failed']],
    ['could not be told', ['unscored', 'passed']],
  ])('one that it gets wrong leaves the gate untold, though the runs %s; the line says which and what it said', (_what, endings) => {
    const report = reportOf([controlled('good', 'yes'), controlled('bad', 'no', 'it said that it is met')], endings)
    expect(report.gate.verdict).toBe('could_not_tell')
    expect(lineOf(report, 'judge_controls')).toMatchObject({ verdict: 'could_not_tell', because: 'bad: it said that it is met' })
  })

  test('so does one that it could not tell, and one that it was never shown', () => {
    expect(reportOf([controlled('good', 'yes'), controlled('bad', 'unknown', 'too short')]).gate.verdict).toBe('could_not_tell')
    const report = reportOf([controlled('good', 'yes')])
    expect(report.gate.verdict).toBe('could_not_tell')
    expect(lineOf(report, 'judge_controls').because).toBe('bad: it was never judged')
    expect(report.controls).toEqual([
      { control: 'good', holds: 'yes', because: '' },
      { control: 'bad', holds: 'unknown', because: 'it was never judged' },
    ])
  })

  test('of one that is judged again, the last counts', () => {
    const again = [controlled('good', 'no', 'x'), controlled('bad', 'yes'), controlled('good', 'yes')]
    expect(reportOf(again).gate.verdict).toBe('passed')
  })

  test('without controls there is no such rule; a control that nobody planned is a mistake', () => {
    const report = reportOf([], ['passed', 'passed'], plan)
    expect(report.gate.lines.map(({ rule }) => rule)).not.toContain('judge_controls')
    expect(report.controls).toBeUndefined()
    expect(() => reportOf([controlled('other', 'yes')])).toThrow(RangeError)
  })
})

describe('a metric that does not apply', () => {
  const metrics = [{ metric: 'empathy', statistic: 'mean' as const, bounds: { min: 50 } }]
  const first = started({ entries: [{ cases: [{ repeats: 3 }] }], thresholds: { passRate: { min: 0.5 }, metrics } })
  const moot: MetricScore = { metric: 'empathy', type: 'rating', value: null, applies: false }
  const scored: MetricScore = { metric: 'empathy', type: 'rating', value: 80 }
  const unscored: MetricScore = { metric: 'empathy', type: 'rating', value: null }

  function withScores(scores: readonly MetricScore[]) {
    const tally = createTally(first)
    scores.forEach((score, index) =>
      tally.add(ended(index, score.value === null && score.applies !== false ? 'unscored' : 'passed', { metrics: [score] })),
    )
    return tally.report()
  }

  test('is neither a sample nor missing', () => {
    const report = withScores([moot, scored, moot])
    expect(report.metrics[0]).toMatchObject({ count: 1, unscored: 0, notApplicable: 2, mean: 80, max: 80 })
    expect(report.gate.verdict).toBe('passed')
  })

  test('anywhere at all leaves a threshold on it untold, and the line says so', () => {
    const report = withScores([moot, moot, moot])
    expect(report.metrics[0]).toEqual({ metric: 'empathy', type: 'rating', count: 0, unscored: 0, notApplicable: 3 })
    expect(lineOf(report, 'metrics.empathy.mean')).toMatchObject({ verdict: 'could_not_tell', because: 'it applied to none of 3 runs' })
    expect(report.gate.verdict).toBe('could_not_tell')
  })

  test('beside runs that could not be scored, both are told', () => {
    const line = lineOf(withScores([moot, unscored, unscored]), 'metrics.empathy.mean')
    expect(line.because).toBe('2 runs could not be scored, and to 1 it did not apply')
  })
})
