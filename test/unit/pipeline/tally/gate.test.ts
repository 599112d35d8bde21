import { describe, expect, test } from 'vitest'
import { ended, lineOf, numeric, repeat, reportOf, tallied, type PlanDraft } from './journals.js'

const oneCase = (repeats: number, rest: Omit<PlanDraft, 'entries'> = {}): PlanDraft => ({
  entries: [{ cases: [{ repeats }] }],
  ...rest,
})

describe('without thresholds', () => {
  test('all has to be told and all has to pass', () => {
    const { gate } = reportOf(oneCase(2), ['passed', 'passed'])
    const measured = { measured: '100.0 % (2 of 2)', verdict: 'met', value: 1, k: 2, n: 2 }
    const all = { required: '>= 100.0 %', relation: '>=', bound: 1, ...measured }
    expect(gate).toEqual({
      verdict: 'passed',
      lines: [
        { scope: 'suite', rule: 'coverage', ...all },
        { scope: 'suite', rule: 'pass_rate', ...all, lower: expect.closeTo(0.3424, 4), upper: 1 },
      ],
    })
    expect(reportOf(oneCase(2), ['passed', 'failed']).gate.verdict).toBe('failed')
    expect(reportOf(oneCase(2), ['passed', 'agent_error']).gate.verdict).toBe('failed')
  })

  test.each(['infra_error', 'caller_invalid', 'unscored', 'not_run:cancelled', 'not_run:suite_timeout', 'not_run:crashed'] as const)(
    'a run that ended %s leaves it untold, even beside a failure',
    ending => {
      expect(reportOf(oneCase(2), ['passed', ending]).gate.verdict).toBe('could_not_tell')
      const { gate } = reportOf(oneCase(2), ['failed', ending])
      expect(gate.verdict).toBe('could_not_tell')
      expect(gate.lines.map(({ verdict }) => verdict)).toEqual(['not_met', 'not_met'])
    },
  )

  test('a run without an end leaves it untold', () => {
    expect(reportOf(oneCase(2), ['passed'])).toMatchObject({
      stopped: 'crashed',
      totals: { runs: 2, passed: 1, not_run: 1 },
      gate: { verdict: 'could_not_tell' },
    })
  })

  test('nothing that ran is not a pass', () => {
    expect(reportOf(oneCase(1), []).gate.verdict).toBe('could_not_tell')
    expect(reportOf(oneCase(2), repeat(2, 'not_run:decided')).gate.verdict).toBe('could_not_tell')
  })
})

describe('coverage', () => {
  test('is measured over all planned runs, and says what is missing where', () => {
    const plan: PlanDraft = { entries: [{ cases: [{ repeats: 2 }, { repeats: 2 }] }] }
    expect(lineOf(reportOf(plan, ['passed', 'passed', 'infra_error', 'not_run:cancelled']), 'coverage')).toEqual({
      scope: 'suite',
      rule: 'coverage',
      required: '>= 100.0 %',
      measured: '50.0 % (2 of 4)',
      relation: '>=',
      bound: 1,
      value: 0.5,
      k: 2,
      n: 4,
      verdict: 'not_met',
      because: '1 infra_error, 1 not run: a/c1',
    })
  })

  test('does not ask for runs that were left out on purpose', () => {
    const decided = reportOf(oneCase(3), ['failed', 'not_run:decided', 'not_run:decided'])
    expect(lineOf(decided, 'coverage')).toMatchObject({ measured: '100.0 % (1 of 1)', verdict: 'met' })
    expect(decided.gate.verdict).toBe('failed')
    expect(decided.entries.at(0)?.saved).toBe(2)
    expect(lineOf(reportOf(oneCase(2, { maxFailures: 1 }), ['failed', 'not_run:max_failures']), 'coverage').verdict).toBe('met')
  })

  test('can be lowered', () => {
    const plan = oneCase(10, { thresholds: { coverage: 0.9 } })
    expect(reportOf(plan, [...repeat(9, 'passed'), 'infra_error']).gate.verdict).toBe('passed')
    expect(reportOf(plan, [...repeat(8, 'passed'), ...repeat(2, 'infra_error')]).gate.verdict).toBe('could_not_tell')
  })

  test('can be asked of an entry', () => {
    const plan: PlanDraft = {
      entries: [{ cases: [{ repeats: 1 }], thresholds: { coverage: 1 } }, { cases: [{ repeats: 1 }] }],
      thresholds: { coverage: 0.5 },
    }
    expect(reportOf(plan, ['passed', 'infra_error']).gate.verdict).toBe('passed')
    const report = reportOf(plan, ['infra_error', 'passed'])
    expect(lineOf(report, 'coverage').verdict).toBe('met')
    expect(lineOf(report, 'coverage', 'A').verdict).toBe('not_met')
    expect(report.gate.verdict).toBe('could_not_tell')
  })
})

describe('pass_rate', () => {
  test('of 0.95 is met by 19 of 20, and so is every share by itself', () => {
    for (let n = 1; n <= 300; n += 1) {
      for (const passed of [0, 1, n - 1, n]) {
        const min = Number((passed / n).toFixed(15))
        if (min !== passed / n) continue
        const report = reportOf(oneCase(n, { thresholds: { passRate: { min } } }), [
          ...repeat(passed, 'passed'),
          ...repeat(n - passed, 'failed'),
        ])
        expect(report.gate.verdict).toBe('passed')
      }
    }
    const report = reportOf(oneCase(20, { thresholds: { passRate: { min: 0.95 } } }), [...repeat(19, 'passed'), 'failed'])
    expect(lineOf(report, 'pass_rate')).toMatchObject({
      required: '>= 95.0 %',
      measured: '95.0 % (19 of 20)',
      verdict: 'met',
    })
  })

  test('counts failed and agent_error against the agent, and nothing that could not be told', () => {
    const plan = oneCase(5, { thresholds: { passRate: { min: 0.5 }, coverage: 0 } })
    const report = reportOf(plan, ['passed', 'failed', 'agent_error', 'infra_error', 'unscored'])
    expect(lineOf(report, 'pass_rate')).toEqual({
      scope: 'suite',
      rule: 'pass_rate',
      required: '>= 50.0 %',
      measured: '33.3 % (1 of 3)',
      relation: '>=',
      bound: 0.5,
      value: 1 / 3,
      k: 1,
      n: 3,
      lower: expect.closeTo(0.0615, 4),
      upper: expect.closeTo(0.7923, 4),
      verdict: 'not_met',
      because: 'a/c0',
    })
  })

  test('names five of the cases that fell short', () => {
    const plan: PlanDraft = { entries: [{ cases: Array.from({ length: 8 }, () => ({ repeats: 1 })) }] }
    expect(lineOf(reportOf(plan, ['passed', ...repeat(7, 'failed')]), 'pass_rate').because).toBe('a/c1, a/c2, a/c3, a/c4, a/c5 and 2 more')
  })

  test('never looks met when it is not', () => {
    const report = reportOf(oneCase(3000), [...repeat(2999, 'passed'), 'failed'])
    expect(lineOf(report, 'pass_rate')).toMatchObject({ required: '>= 100.0 %', measured: '99.97 % (2999 of 3000)' })
    const required = oneCase(1, { thresholds: { passRate: { min: 0.9995 } } })
    expect(lineOf(reportOf(required, ['passed']), 'pass_rate').required).toBe('>= 99.95 %')
  })

  test('with a confidence asks the lower end of the Wilson interval', () => {
    const sure = { thresholds: { passRate: { min: 0.9, confidence: 0.95 } } }
    const few = reportOf(oneCase(30, sure), repeat(30, 'passed'))
    expect(lineOf(few, 'pass_rate')).toMatchObject({
      required: '>= 90.0 %',
      measured: 'lower bound 88.6 % at 95 % confidence (30 of 30)',
      verdict: 'not_met',
      because: 'too few runs for that confidence',
    })
    expect(few.gate.verdict).toBe('failed')
    expect(reportOf(oneCase(35, sure), repeat(35, 'passed')).gate.verdict).toBe('passed')
  })

  test('is could_not_tell where nothing was counted', () => {
    const report = reportOf(oneCase(1, { thresholds: { passRate: { min: 0 }, coverage: 0 } }), ['infra_error'])
    expect(lineOf(report, 'pass_rate').verdict).toBe('could_not_tell')
    expect(report.gate.verdict).toBe('could_not_tell')
  })
})

describe('each_scenario', () => {
  const plan: PlanDraft = {
    entries: [{ cases: [{ repeats: 3 }, { repeats: 3 }] }],
    thresholds: { eachScenario: { min: 0.66 } },
  }

  test('looks at every case by itself, and shows the lowest', () => {
    const report = reportOf(plan, ['passed', 'passed', 'failed', 'passed', 'failed', 'failed'])
    expect(report.gate.lines.map(({ rule }) => rule)).toEqual(['coverage', 'each_scenario'])
    expect(lineOf(report, 'each_scenario')).toEqual({
      scope: 'suite',
      rule: 'each_scenario',
      required: 'each >= 66.0 %',
      measured: '1 of 2 cases; lowest: 33.3 % (1 of 3)',
      relation: '>=',
      bound: 0.66,
      value: 1 / 3,
      k: 1,
      n: 2,
      verdict: 'not_met',
      because: 'a/c1',
    })
  })

  test('could not tell of a case that was not counted at all, unless another one fell short', () => {
    const lower: PlanDraft = { ...plan, thresholds: { ...plan.thresholds, coverage: 0 } }
    expect(reportOf(lower, [...repeat(3, 'passed'), ...repeat(3, 'infra_error')]).gate.verdict).toBe('could_not_tell')
    expect(reportOf(lower, [...repeat(3, 'failed'), ...repeat(3, 'infra_error')]).gate.verdict).toBe('failed')
  })
})

describe('all_of', () => {
  const plan: PlanDraft = {
    entries: [{ cases: [{ repeats: 3 }, { repeats: 4 }] }],
    thresholds: { allOf: 3, coverage: 0 },
  }

  test('asks that k of each were counted and none failed', () => {
    expect(reportOf(plan, repeat(7, 'passed')).gate.verdict).toBe('passed')
    expect(lineOf(reportOf(plan, [...repeat(6, 'passed'), 'agent_error']), 'all_of')).toEqual({
      scope: 'suite',
      rule: 'all_of',
      required: '3 of 3 in every case',
      measured: '1 of 2 cases',
      relation: '>=',
      bound: 1,
      value: 0.5,
      k: 1,
      n: 2,
      verdict: 'not_met',
      because: 'a/c1',
    })
  })

  test('could not tell where fewer were counted, unless one failed', () => {
    expect(lineOf(reportOf(plan, ['infra_error', ...repeat(6, 'passed')]), 'all_of')).toMatchObject({
      verdict: 'could_not_tell',
      because: 'fewer than 3 counted runs: a/c0',
    })
    expect(reportOf(plan, ['infra_error', 'failed', ...repeat(5, 'passed')]).gate.verdict).toBe('failed')
  })
})

describe('must_pass', () => {
  const plan: PlanDraft = {
    entries: [
      {
        cases: [
          { repeats: 2, tags: ['smoke'] },
          { repeats: 2, scenario: 'pay' },
          { repeats: 2, scenario: 'chat' },
        ],
      },
    ],
    thresholds: { passRate: { min: 0.1 }, mustPass: { tags: ['smoke'], scenarios: ['pay'] } },
  }

  test('allows no failure of the scenarios named, by tag or key, and any of the others', () => {
    expect(reportOf(plan, ['passed', 'passed', 'passed', 'passed', 'failed', 'failed']).gate.verdict).toBe('passed')
    const report = reportOf(plan, ['passed', 'failed', 'passed', 'agent_error', 'passed', 'passed'])
    expect(lineOf(report, 'must_pass')).toEqual({
      scope: 'suite',
      rule: 'must_pass',
      required: 'no failure',
      measured: '2 of 4 runs failed',
      relation: '<=',
      bound: 0,
      value: 2,
      k: 2,
      n: 4,
      verdict: 'not_met',
      because: 'a/c0, a/pay',
    })
  })

  test('allows none that was tried again, either', () => {
    const passed = [1, 2, 3, 4, 5].map(index => ended(index, 'passed'))
    expect(tallied(plan, [ended(0, 'passed', { earlier: ['infra_error'] }), ...passed]).report().gate.verdict).toBe('passed')
    const flaky = tallied(plan, [ended(0, 'passed', { earlier: ['failed'] }), ...passed]).report()
    expect(flaky.gate.verdict).toBe('failed')
    expect(flaky.totals).toMatchObject({ passed: 6, failed: 0, flaky: 1 })
    const started = {
      type: 'run.retrying',
      index: 0,
      run: ended(0, 'passed').run,
      attempt: 1,
      because: '',
      inMs: 0,
      made: ended(0, 'passed', { earlier: ['agent_error'] }).earlier[0]!,
    } as const
    expect(tallied(plan, [{ ...started, status: 'agent_error' }, ended(0, 'passed'), ...passed]).report().gate.verdict).toBe('failed')
  })

  test('could not tell of a case that was not counted at all', () => {
    const lower: PlanDraft = { ...plan, thresholds: { ...plan.thresholds, coverage: 0 } }
    expect(reportOf(lower, ['infra_error', 'infra_error', ...repeat(4, 'passed')]).gate.verdict).toBe('could_not_tell')
    expect(reportOf(lower, ['infra_error', 'passed', ...repeat(4, 'passed')]).gate.verdict).toBe('passed')
  })

  test('asks nothing of what the plan does not hold', () => {
    const shard = oneCase(1, { thresholds: { mustPass: { tags: ['smoke'], scenarios: [] } } })
    expect(reportOf(shard, ['passed']).gate.lines.map(({ rule }) => rule)).toEqual(['coverage', 'pass_rate'])
  })
})

describe('metrics', () => {
  const plan = oneCase(3, {
    thresholds: {
      metrics: [
        { metric: 'reply', statistic: 'p95', bounds: { max: 2000 } },
        { metric: 'reply', statistic: 'mean', bounds: { min: 1 } },
      ],
    },
  })

  test('are held to their bounds over the samples of all scored runs', () => {
    const report = tallied(plan, [
      ended(0, 'passed', { metrics: [numeric(2, [1, 3])] }),
      ended(1, 'passed', { metrics: [numeric(2000.0001)] }),
      ended(2, 'unscored', { metrics: [numeric(null)] }),
    ]).report()
    expect(lineOf(report, 'metrics.reply.p95')).toEqual({
      scope: 'suite',
      rule: 'metrics.reply.p95',
      required: '<= 2000',
      measured: '2000.0001 (3 samples)',
      relation: '<=',
      bound: 2000,
      value: 2000.0001,
      n: 3,
      verdict: 'not_met',
    })
    expect(lineOf(report, 'metrics.reply.mean')).toMatchObject({
      required: '>= 1',
      measured: '668 (3 samples)',
      verdict: 'met',
    })
  })

  test('could not be told without a sample', () => {
    const none = tallied(plan, [ended(0, 'passed'), ended(1, 'passed'), ended(2, 'passed', { metrics: [numeric(null)] })]).report()
    expect(lineOf(none, 'metrics.reply.p95')).toMatchObject({
      verdict: 'could_not_tell',
      because: '1 run could not be scored',
    })
    expect(none.gate.verdict).toBe('could_not_tell')
  })

  test('of runs that were not scored do not count', () => {
    const one = oneCase(1, { thresholds: { coverage: 0, metrics: plan.thresholds!.metrics! } })
    const report = tallied(one, [ended(0, 'unscored', { metrics: [numeric(5)] })]).report()
    expect(lineOf(report, 'metrics.reply.p95')).toMatchObject({ verdict: 'could_not_tell' })
    expect(report.metrics).toEqual([])
  })

  test('of an entry or a scenario are over its own runs', () => {
    const metrics = [{ metric: 'reply', statistic: 'max' as const, bounds: { max: 10 } }]
    const report = tallied(
      {
        entries: [
          { cases: [{ repeats: 1, scenario: 'pay', thresholds: { metrics } }, { repeats: 1 }] },
          { cases: [{ repeats: 1 }], thresholds: { metrics } },
        ],
      },
      [
        ended(0, 'passed', { metrics: [numeric(5)] }),
        ended(1, 'passed', { metrics: [numeric(50)] }),
        ended(2, 'passed', { metrics: [numeric(500)] }),
      ],
    ).report()
    expect(lineOf(report, 'metrics.reply.max', 'a/pay')).toMatchObject({ measured: '5 (1 sample)', verdict: 'met' })
    expect(lineOf(report, 'metrics.reply.max', 'B')).toMatchObject({ measured: '500 (1 sample)', verdict: 'not_met' })
  })
})

describe('max_failures', () => {
  test('fails the gate even where the rest could not be told', () => {
    const plan = oneCase(4, { maxFailures: 2, thresholds: { passRate: { min: 0 } } })
    const report = reportOf(plan, ['failed', 'agent_error', 'infra_error', 'not_run:max_failures'])
    expect(lineOf(report, 'max_failures')).toEqual({
      scope: 'suite',
      rule: 'max_failures',
      required: '< 2 failed runs',
      measured: '2',
      relation: '<',
      bound: 2,
      value: 2,
      k: 2,
      n: 4,
      verdict: 'not_met',
      because: 'a/c0',
    })
    expect(lineOf(report, 'coverage').verdict).toBe('not_met')
    expect(report.gate.verdict).toBe('failed')
    expect(reportOf(plan, ['failed', 'passed', 'passed', 'passed']).gate.verdict).toBe('passed')
  })
})

function scopes(plan: PlanDraft): string[] {
  const asked = reportOf(plan, []).gate.lines.filter(({ rule }) => rule !== 'coverage')
  return asked.map(({ scope, rule, required }) => `${scope} ${rule} ${required}`)
}

describe('which runs are under which rule', () => {
  const half = { passRate: { min: 0.5 } }

  test('the suite’s rule covers all, and does not silence an entry’s', () => {
    expect(
      scopes({
        entries: [{ cases: [{ repeats: 1 }], thresholds: half }, { cases: [{ repeats: 1 }] }],
        thresholds: { passRate: { min: 0.9 } },
      }),
    ).toEqual(['suite pass_rate >= 90.0 %', 'A pass_rate >= 50.0 %'])
  })

  test('an entry without a rule has to pass whole when only another has one', () => {
    const plan: PlanDraft = { entries: [{ cases: [{ repeats: 2 }], thresholds: half }, { cases: [{ repeats: 2 }] }] }
    expect(scopes(plan)).toEqual(['A pass_rate >= 50.0 %', 'B pass_rate >= 100.0 %'])
    expect(reportOf(plan, ['passed', 'failed', 'passed', 'passed']).gate.verdict).toBe('passed')
    expect(reportOf(plan, ['passed', 'passed', 'passed', 'failed']).gate.verdict).toBe('failed')
  })

  test('a scenario with a rule of its own is not held to the default, the others are', () => {
    const plan: PlanDraft = {
      entries: [{ cases: [{ repeats: 2, scenario: 'shaky', thresholds: half }, { repeats: 2 }] }],
    }
    expect(scopes(plan)).toEqual(['A pass_rate >= 100.0 %', 'a/shaky pass_rate >= 50.0 %'])
    expect(reportOf(plan, ['passed', 'failed', 'passed', 'passed']).gate.verdict).toBe('passed')
    expect(reportOf(plan, ['failed', 'failed', 'passed', 'passed']).gate.verdict).toBe('failed')
    expect(reportOf(plan, ['passed', 'passed', 'passed', 'failed']).gate.verdict).toBe('failed')
  })

  test('metrics and must_pass are no rule about how often a scenario passes', () => {
    expect(scopes(oneCase(1, { thresholds: { mustPass: { tags: [], scenarios: ['c0'] } } }))).toEqual([
      'suite pass_rate >= 100.0 %',
      'suite must_pass no failure',
    ])
  })

  test('a scenario is held to its rule in each entry by itself, over all its cases there', () => {
    const shaky = { repeats: 1, scenario: 'shaky', thresholds: half }
    expect(scopes({ entries: [{ cases: [shaky, shaky] }, { cases: [shaky] }] })).toEqual([
      'a/shaky pass_rate >= 50.0 %',
      'b/shaky pass_rate >= 50.0 %',
    ])
  })
})
