import { describe, expect, test } from 'vitest'
import type { JudgeControl } from '../../../../src/domain/document.js'
import type { Metric } from '../../../../src/domain/metric.js'
import { FaultError } from '../../../../src/domain/fault.js'
import type { JudgedClaim, MetricScore, Verdict } from '../../../../src/domain/verdict.js'
import { outcomeChecks } from '../../../../src/pipeline/score/checks/outcome.js'
import { readControl } from '../../../../src/pipeline/score/judge-control.js'
import { createScorer } from '../../../../src/pipeline/score/score.js'
import type { Judge, Judgement } from '../../../../src/ports/judge.js'
import * as build from '../../../support/build.js'
import { agent, caller, patterns, scenario, scoreJudged, transcript, type Asked } from './conversations.js'

const held = transcript([caller('Refund me!'), agent('I am sorry, no.')])
const empathy: Metric = { key: 'empathy', name: 'Empathy', type: 'rating', source: { kind: 'judge', question: 'How warm?' } }
const enough: Asked = { kind: 'metric', name: 'empathy', bounds: { min: 60 } }

/** A judge that says this, and remembers which metrics it was asked for. */
function judgeThat(says: Partial<Judgement> | Error): Judge & { readonly asked: string[][] } {
  const asked: string[][] = []
  return {
    asked,
    prepare: () => undefined,
    async judge(_held, _transcript, metrics) {
      asked.push(metrics.map(({ key }) => key))
      if (says instanceof Error) throw says
      return { metrics: [], ...says }
    },
  }
}

function rated(value: number | null, more: Partial<MetricScore> = {}): MetricScore {
  return { metric: 'empathy', type: 'rating', value, ...more }
}

async function verdictOf(
  says: Partial<Judgement>,
  asks: Parameters<typeof scenario>[0],
  metrics: readonly Metric[] = [empathy],
): Promise<Verdict> {
  return scoreJudged(createScorer({ metrics, patterns, judge: judgeThat(says) }), scenario(asks), held)
}

const claim = (holds: JudgedClaim['holds'], more: Partial<JudgedClaim> = {}): JudgedClaim => ({
  claim: `It is ${holds}.`,
  holds,
  because: 'so it is',
  ...more,
})

const on = (matcher: string): Metric => ({
  ...empathy,
  trigger: { kind: 'assertion', assertion: { at: build.somewhere, kind: 'caller_says', matcher: { contains: matcher } } },
})
const control = (expected: Partial<JudgeControl['expect']>, expectedOutcome: string | undefined = 'It refunds.'): JudgeControl => ({
  key: 'refused',
  at: build.somewhere,
  scenario: scenario(expectedOutcome === undefined ? {} : { expectedOutcome }),
  transcript: held,
  expect: { metrics: [], ...expected },
})
const judgedAs = (...claims: JudgedClaim[]): Partial<Judgement> => ({ outcome: { score: null, claims } })

async function read(expected: Partial<JudgeControl['expect']>, says: Partial<Judgement>) {
  return readControl(
    { control: control(expected), agent: build.agent() },
    { judge: judgeThat(says), metrics: [empathy], patterns },
    { signal: new AbortController().signal, spent: () => {} },
  )
}

test.each<[what: string, claims: Partial<JudgedClaim>[], missed: string[], relies: (string[] | undefined)[]]>([
  ['what is quoted', [{ holds: 'yes' }], ['tool_calls', 'end'], [undefined]],
  ['what is not there', [{ holds: 'no' }], ['tool_calls', 'end'], [['tool_calls', 'end']]],
  [
    'what never happens',
    [
      { kind: 'never', holds: 'yes' },
      { kind: 'always', holds: 'yes' },
    ],
    ['tool_calls'],
    [['tool_calls'], ['tool_calls']],
  ],
  ['what happened though it should not', [{ kind: 'never', holds: 'no' }], ['tool_calls'], [undefined]],
  ['each on its own', [{ holds: 'yes' }, { kind: 'never', holds: 'yes' }], ['end'], [undefined, ['end']]],
  ['words, in any case', [{ holds: 'yes' }], ['reply'], [['reply']]],
  ['nothing that was found', [{ kind: 'never', holds: 'yes' }], [], [undefined]],
])('a claim rests on pointers that found nothing where the judge says that there is nothing: %s', async (_what, claims, missed, relies) => {
  const pointers = ['reply', 'tool_calls', 'end'].map(setting => ({
    setting,
    pointer: `/${setting}`,
    answers: 2,
    found: missed.includes(setting) ? 0 : 1,
  }))
  const judge = judgeThat({ outcome: { score: 100, claims: claims.map(each => claim('yes', each)) } })
  const asks = scenario({ expectedOutcome: 'It refunds.', metrics: ['met'] })
  const met: Metric = { key: 'met', name: 'Met', type: 'rating', source: { kind: 'outcome' } }
  const verdict = await scoreJudged(createScorer({ metrics: [met], patterns, judge }), asks, { ...held, pointers })
  expect(verdict.checks.slice(1).map(check => check.relies)).toEqual(relies)
  const all = [...new Set(relies.flatMap(each => each ?? []))]
  expect(verdict.metrics[0]?.relies).toEqual(all.length > 0 ? all : undefined)
})

describe('an expected outcome', () => {
  test('has a check for each of its claims, with turn and reason', async () => {
    const outcome = { score: 50, claims: [claim('yes', { turn: 1 }), claim('no', { turn: 1, votes: { yes: 1, no: 2, unknown: 0 } })] }
    const verdict = await verdictOf({ outcome }, { expectedOutcome: 'All of it.' })
    expect(verdict).toMatchObject({ holds: 'no', outcome })
    expect(verdict.checks.slice(1)).toEqual([
      { assertion: 'expected outcome: It is yes.', holds: 'yes', because: '', turn: 1, line: 3, judged: true },
      { assertion: 'expected outcome: It is no.', holds: 'no', because: 'so it is (2 of 3 votes)', turn: 1, line: 3, judged: true },
    ])
  })

  test('that is a list has each claim at its own line', () => {
    const file = { path: 'suite.yaml', text: 'expected_outcome:\n  - It is yes.\n  - It is no.\n' }
    const texts = ['It is yes.', 'It is no.'].map(text => ({ text, at: { file, start: file.text.indexOf(text), end: file.text.length } }))
    const lines = (kind: 'text' | 'claims') =>
      outcomeChecks({ kind, texts }, { score: 50, claims: [claim('yes'), claim('no')] }).map(({ line }) => line)
    expect([lines('claims'), lines('text')]).toEqual([
      [2, 3],
      [2, 2],
    ])
  })

  test('without any claim is unknown, and so is one with a claim that is', async () => {
    const empty = await verdictOf({ outcome: { score: null, claims: [] } }, { expectedOutcome: 'Hm.' })
    expect(empty).toMatchObject({
      holds: 'unknown',
      checks: [{}, { holds: 'unknown', because: expect.stringContaining('no claims') as string }],
    })
    const untold = await verdictOf({ outcome: { score: null, claims: [claim('yes'), claim('unknown')] } }, { expectedOutcome: 'Hm.' })
    expect(untold.holds).toBe('unknown')
  })

  test('is a metric too: its score', async () => {
    const metric: Metric = { key: 'expected_outcome', name: 'x', type: 'rating', source: { kind: 'outcome' } }
    const asks = { expectedOutcome: 'All of it.', metrics: ['expected_outcome'] }
    const told = await verdictOf({ outcome: { score: 50, claims: [claim('yes'), claim('no')] } }, asks, [metric])
    expect(told.metrics).toEqual([{ metric: 'expected_outcome', type: 'rating', value: 50 }])
    const untold = await verdictOf({ outcome: { score: null, claims: [claim('unknown')] } }, asks, [metric])
    expect(untold.metrics[0]).toMatchObject({ value: null, because: expect.stringContaining('not every claim') as string })
  })
})

describe('a judged metric', () => {
  test('fails the run that asks more of it, with what the judge says', async () => {
    const verdict = await verdictOf({ metrics: [rated(30, { explanation: 'Cold.', turn: 1, votes: [30, 20, 40] })] }, { expect: [enough] })
    expect(verdict.checks[1]).toMatchObject({ holds: 'no', turn: 1, because: 'it was 30 (votes: 30, 20, 40): Cold.' })
  })

  test('whose votes lie on both sides of what is asked of it is not scored, and the run is not passed', async () => {
    const torn = rated(70, { votes: [50, 70, 90] })
    const verdict = await verdictOf(
      { metrics: [torn] },
      { expect: [{ kind: 'not', assertion: { kind: 'any', assertions: [{ kind: 'metric', name: 'empathy', bounds: { max: 60 } }] } }] },
    )
    expect(verdict.holds).toBe('unknown')
    expect(verdict.metrics[0]).toMatchObject({
      value: null,
      votes: [50, 70, 90],
      because: "the judge's votes disagree on whether it is <= 60: 50, 70, 90",
    })
    const agreed = await verdictOf({ metrics: [rated(70, { votes: [65, 70, 90] })] }, { expect: [enough] })
    expect(agreed).toMatchObject({ holds: 'yes', metrics: [{ value: 70 }] })
  })

  test("so does a threshold of the scenario's", async () => {
    const own = {
      ...scenario({ metrics: ['empathy'] }),
      thresholds: { metrics: [{ metric: 'empathy', statistic: 'mean' as const, bounds: { min: 60 } }] },
    }
    const scorer = createScorer({ metrics: [empathy], patterns, judge: judgeThat({ metrics: [rated(70, { votes: [50, 70, 90] })] }) })
    expect(await scoreJudged(scorer, own, held)).toMatchObject({ holds: 'unknown', metrics: [{ value: null }] })
  })

  test("and so does one of the suite's, or of its run entry", async () => {
    const thresholds = { metrics: [{ metric: 'empathy', statistic: 'p50' as const, bounds: { min: 60 } }] }
    const use = { metrics: [empathy], patterns, judge: judgeThat({ metrics: [rated(70, { votes: [50, 70, 90] })] }) }
    const asked = scenario({ metrics: ['empathy'] })
    const torn = { holds: 'unknown', metrics: [{ value: null, because: "the judge's votes disagree on whether it is >= 60: 50, 70, 90" }] }
    expect(await scoreJudged(createScorer({ ...use, thresholds }), asked, held)).toMatchObject(torn)
    expect(await scoreJudged(createScorer(use), asked, held, build.entry({ thresholds }))).toMatchObject(torn)
    expect(await scoreJudged(createScorer(use), asked, held)).toMatchObject({ holds: 'yes', metrics: [{ value: 70 }] })
  })
})

describe('a trigger', () => {
  const refuses: Asked = { kind: 'agent_says', matcher: { contains: 'no' } }

  test('that does not hold takes the metric out: no judge is asked, no value is missing, nothing is asked of it', async () => {
    const judge = judgeThat({})
    const verdict = await scoreJudged(
      createScorer({ metrics: [on('lawyer')], patterns, judge }),
      scenario({ expect: [refuses, enough] }),
      held,
    )
    expect(verdict.holds).toBe('yes')
    expect(verdict.checks.map(({ assertion }) => assertion)).toEqual(['both sides spoke', 'agent says contains "no"'])
    expect(verdict.metrics).toEqual([
      { metric: 'empathy', type: 'rating', value: null, applies: false, because: 'it applies only when caller says contains "lawyer"' },
    ])
    expect(judge.asked).toEqual([])
  })

  test('that holds leaves it in', async () => {
    const verdict = await verdictOf({ metrics: [rated(30)] }, { expect: [refuses, enough] }, [on('refund')])
    expect(verdict.holds).toBe('no')
  })

  test('that leaves nothing of what a scenario asks for leaves a run that proves nothing', async () => {
    for (const asks of [{ expect: [enough], metrics: ['empathy'] }, { metrics: ['empathy'] }]) {
      const verdict = await verdictOf({}, asks, [on('lawyer')])
      expect(verdict.holds).toBe('unknown')
      expect(verdict.checks.at(-1)).toMatchObject({ holds: 'unknown', because: 'none applies to this conversation: empathy' })
    }
  })

  test('that leaves only what is measured, and nothing that is expected, proves no more', async () => {
    const turns: Metric = { key: 'turns', name: 'turns', type: 'numeric', source: { kind: 'builtin', builtin: 'turns', statistic: 'mean' } }
    const verdict = await verdictOf({}, { expect: [enough], metrics: ['turns', 'empathy'] }, [turns, on('lawyer')])
    expect(verdict.holds).toBe('unknown')
    expect(verdict.checks.at(-1)).toMatchObject({ holds: 'unknown', because: 'none applies to this conversation: empathy' })
  })

  test('inside `all` and `any`, what does not apply decides nothing', async () => {
    for (const kind of ['all', 'any'] as const) {
      const good = await verdictOf({}, { expect: [{ kind, assertions: [enough, refuses] }] }, [on('lawyer')])
      expect(good.holds).toBe('yes')
      const bad = await verdictOf(
        {},
        {
          expect: [
            {
              kind,
              assertions: [
                { kind: 'not', assertion: enough },
                { kind: 'not', assertion: refuses },
              ],
            },
          ],
        },
        [on('lawyer')],
      )
      expect(bad.holds).toBe('no')
    }
  })

  test('in plain language is the judge to answer', async () => {
    const metric: Metric = { ...empathy, trigger: { kind: 'judge', question: 'the caller was upset' } }
    const verdict = await verdictOf(
      { metrics: [rated(null, { applies: false, because: 'it does not apply to this conversation' })] },
      { expect: [refuses, enough] },
      [metric],
    )
    expect(verdict.holds).toBe('yes')
  })
})

describe('a control of the judge', () => {
  const low = { metrics: [{ metric: 'empathy', applies: true, bounds: { max: 40 } }] }

  test.each<[string, Partial<JudgeControl['expect']>, Partial<Judgement>, string, string]>([
    ['met, as expected', { outcome: 'met' }, judgedAs(claim('yes')), 'yes', ''],
    ['not met, as expected', { outcome: 'not_met' }, judgedAs(claim('yes'), claim('no')), 'yes', ''],
    ['not met, though a claim is unknown', { outcome: 'not_met' }, judgedAs(claim('unknown'), claim('no')), 'yes', ''],
    [
      'met, and expected not to be',
      { outcome: 'not_met' },
      judgedAs(claim('yes')),
      'no',
      'expected the outcome not to be met, but the judge says it is: It is yes: so it is',
    ],
    [
      'not met, and expected to be',
      { outcome: 'met' },
      judgedAs(claim('yes'), claim('no')),
      'no',
      'expected the outcome to be met, but the judge says it is not: It is no: so it is',
    ],
    ['unknown', { outcome: 'met' }, judgedAs(claim('unknown')), 'unknown', 'the judge could not tell: It is unknown: so it is'],
    [
      'unknown, where a fault was to be found',
      { outcome: 'not_met' },
      judgedAs(claim('unknown')),
      'unknown',
      'the judge could not tell: It is unknown: so it is',
    ],
    ['without claims', { outcome: 'not_met' }, judgedAs(), 'unknown', 'the judge found no claims in the expected outcome'],
    ['a metric as expected', low, { metrics: [rated(20)] }, 'yes', ''],
    [
      'a metric that is not',
      low,
      { metrics: [rated(90, { explanation: 'Warm.' })] },
      'no',
      'expected empathy <= 40, but the judge gave it 90: Warm.',
    ],
    [
      'a metric that was not scored',
      low,
      { metrics: [rated(null, { because: 'too short' })] },
      'unknown',
      'the judge could not score empathy: too short',
    ],
    ['a metric nobody spoke of', low, {}, 'unknown', 'the judge said nothing about empathy'],
    [
      'a metric whose votes straddle',
      low,
      { metrics: [rated(30, { votes: [10, 30, 50] })] },
      'unknown',
      "expected empathy <= 40, and the judge's votes disagree: 10, 30, 50",
    ],
    [
      'a metric that does not apply, as expected',
      { metrics: [{ metric: 'empathy', applies: false, bounds: {} }] },
      { metrics: [rated(null, { applies: false })] },
      'yes',
      '',
    ],
    [
      'a metric that applies, and should not',
      { metrics: [{ metric: 'empathy', applies: false, bounds: {} }] },
      { metrics: [rated(50)] },
      'no',
      'expected empathy not to apply, but the judge gave it 50',
    ],
    [
      'a metric that should apply',
      low,
      { metrics: [rated(null, { applies: false })] },
      'no',
      'expected empathy to apply, but the judge says it does not',
    ],
  ])('%s', async (_what, expected, says, holds, because) => {
    const { outcome, ...reading } = await read(expected, says)
    expect(reading).toEqual({ holds, because })
    expect(outcome?.expected).toBe(expected.outcome)
  })

  test.each<[Partial<Judgement>, string]>([
    [judgedAs(claim('yes')), 'met'],
    [judgedAs(claim('yes'), claim('unknown'), claim('no')), 'not_met'],
    [judgedAs(claim('yes'), claim('unknown')), 'unknown'],
    [judgedAs(), 'unknown'],
  ])('tells what the judge found, whatever was expected: %o', async (says, found) => {
    for (const expected of ['met', 'not_met'] as const) {
      expect((await read({ outcome: expected, ...low }, { ...says, metrics: [rated(90)] })).outcome).toEqual({ expected, found })
    }
  })

  test('what is wrong is told before what could not be told', async () => {
    const reading = await read({ outcome: 'met', ...low }, { ...judgedAs(claim('unknown')), metrics: [rated(90)] })
    expect(reading.holds).toBe('no')
  })

  test('that is about metrics alone does not have the outcome judged', async () => {
    let asked: unknown
    const judge: Judge = {
      prepare: () => undefined,
      async judge(of) {
        asked = of.case.scenario.expectedOutcome
        return { metrics: [rated(20)] }
      },
    }
    const use = { signal: new AbortController().signal, spent: () => {} }
    await readControl({ control: control(low), agent: build.agent() }, { judge, metrics: [empathy], patterns }, use)
    expect(asked).toBeUndefined()
  })

  test('whose judge fails says so to whoever asked', async () => {
    const fault = new FaultError({ by: 'infra', code: 'judge_model', message: 'No answer.' })
    const use = { signal: new AbortController().signal, spent: () => {} }
    const reading = readControl(
      { control: control(low), agent: build.agent() },
      { judge: judgeThat(fault), metrics: [empathy], patterns },
      use,
    )
    await expect(reading).rejects.toBe(fault)
  })
})
