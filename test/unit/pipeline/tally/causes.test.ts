import { expect, test } from 'vitest'
import type { RunEnded } from '../../../../src/domain/event.js'
import { limitText } from '../../../../src/domain/limit.js'
import type { AgentIdentity } from '../../../../src/domain/identity.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { Check } from '../../../../src/domain/verdict.js'
import { shapeOf } from '../../../../src/domain/cause-shape.js'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { started, type PlanDraft } from './journals.js'

const plan: PlanDraft = {
  entries: [{ cases: [{ repeats: 3 }, { repeats: 2, scenario: 'pay', tags: ['money'] }] }],
  thresholds: { mustPass: { tags: ['money'], scenarios: [] } },
}

const transcript = { moments: [], metadata: {}, ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 1 } } as const

function failing(...checks: Partial<Check>[]): Outcome {
  const all = checks.map((check): Check => ({ assertion: 'agent says contains "ok"', holds: 'no', because: '', ...check }))
  return { status: 'failed', transcript, verdict: { holds: 'no', checks: all, metrics: [] } }
}

function refused(port: number): Outcome {
  return { status: 'infra_error', transcript, fault: { by: 'infra', code: 'refused', message: `Nothing listens on port ${port}.` } }
}

function ended(index: number, outcome: Outcome): RunEnded {
  const key = index < 3 ? `a/c0#${index + 1}` : `a/pay#${index - 2}`
  return {
    type: 'run.ended',
    index,
    at: '2026-11-24T20:00:01.000Z',
    run: key as RunEnded['run'],
    outcome,
    durationMs: 0,
    earlier: [],
    flaky: false,
  }
}

function causesOf(...events: readonly RunEnded[]) {
  const tally = createTally(started(plan))
  for (const event of events) tally.add(event)
  return (tally.report().causes ?? []).map(({ id: _, ...cause }) => cause)
}

test('runs that failed the same check in the same way are one cause, whatever the agent said', () => {
  const said = (words: string) => failing({ because: `the agent last said "${words}"`, line: 7, turn: 2 })
  expect(
    causesOf(ended(2, said('No.')), ended(0, said('Never at 12:30.')), ended(1, failing({ because: 'the agent never spoke' }))),
  ).toEqual([
    {
      kind: 'failed',
      check: 'agent says contains "ok"',
      runs: 2,
      cases: 1,
      example: { run: 'a/c0#1', index: 0, seen: 'the agent last said "Never at 12:30."', turn: 2, file: 'suite.yaml', line: 7 },
    },
    expect.objectContaining({ runs: 1, example: expect.objectContaining({ run: 'a/c0#2', line: 1 }) }),
  ])
})

test('must_pass comes first, then the number of runs; faults and inconclusive runs are causes too, last', () => {
  const found = causesOf(
    ended(0, failing({ assertion: 'turns <= 3' })),
    ended(1, failing({ assertion: 'turns <= 3' })),
    ended(2, refused(8080)),
    ended(3, failing({ assertion: 'metric csat >= 4' }, { assertion: 'turns <= 9' })),
    ended(4, refused(9090)),
  )
  expect(found.map(({ kind, check, runs, mustPass }) => [kind, check, runs, mustPass])).toEqual([
    ['failed', 'metric csat >= 4', 1, true],
    ['failed', 'turns <= 9', 1, true],
    ['failed', 'turns <= 3', 2, undefined],
    ['infra_error', 'Nothing listens on port 8080.', 2, true],
  ])
})

test('a run that ends again counts by its last end, in whatever order the runs ended', () => {
  const first = ended(0, failing({ because: 'it was "A"' }))
  const second = ended(1, failing({ because: 'it was "B"' }))
  expect(causesOf(second, first)).toEqual(causesOf(first, second))
  expect(
    causesOf(first, second, { ...first, outcome: { status: 'passed', transcript, verdict: { holds: 'yes', checks: [], metrics: [] } } }),
  ).toEqual(causesOf(second))
})

const judged = (because: string) => failing({ assertion: 'the caller is helped', judged: true, because })

test('words of a judge are no part of a cause', () => {
  expect(causesOf(ended(0, judged('It hung up.')), ended(1, judged('Nothing was booked.')))).toMatchObject([{ runs: 2 }])
})

test.each([
  ['the agent said "It\'s \\"two\\"."', 'the agent said "…"'],
  ['took 1,200 ms at 10:30', 'took # ms at #'],
  ['order 4f9c2ab81 of 0b8f7f6e-1f0c-4b56-9b41-3f0e7f1f2a33', 'order … of …'],
])('the shape of %s', (text, shape) => {
  expect(shapeOf(text)).toBe(shape)
})

test('a commit does not say which build was tested if the tree had changes', () => {
  const draft = started({ entries: [{ cases: [{ repeats: 1 }] }] })
  const limitsOf = (identity: AgentIdentity): readonly string[] => {
    const entries = draft.plan.entries.map(entry => ({ ...entry, agent: { ...entry.agent, identity } }))
    const { limits } = createTally({ ...draft, plan: { ...draft.plan, entries } }).report()
    return limits.map(({ code }) => code)
  }
  expect(limitsOf({ digest: 'gitCommit:0a1b' })).not.toContain('NO_AGENT_DIGEST')
  expect(limitsOf({ digest: 'gitCommit:0a1b', dirty: true })).toContain('NO_AGENT_DIGEST')
})

test('limits say what a result does not show', () => {
  const draft = started({ entries: [{ cases: [{ repeats: 4 }, { repeats: 2 }] }] })
  const begun = { ...draft, options: { shard: { nth: 2, of: 4 }, tags: ['smoke'] } }
  const tally = createTally(begun)
  const passed: Outcome = { status: 'passed', transcript, verdict: { holds: 'yes', checks: [], metrics: [] } }
  for (const index of [0, 1, 2]) tally.add({ ...ended(index, passed), agentVersion: index === 2 ? '4.2.2' : '4.2.1' })
  tally.add({ ...ended(3, refused(1)), run: 'a/c0#4' as RunEnded['run'] })
  tally.add({ type: 'suite.resumed', at: '2026-11-24T20:00:02.000Z', total: 6, done: 4 })
  const { limits } = tally.report()
  expect(limits).toEqual([
    { code: 'CUT_OFF', count: 2, names: ['crashed'] },
    { code: 'AGENT_CHANGED', names: ['clinic 4.2.1, 4.2.2'] },
    { code: 'SHARD', count: 2, of: 4 },
    { code: 'FILTERED', names: ['tags'] },
    { code: 'RESUMED', count: 1 },
    { code: 'INCONCLUSIVE', count: 1, of: 6 },
    { code: 'FEW_REPEATS', count: 2, of: 2 },
    { code: 'SMALL_N', count: 3 },
    { code: 'SCRIPTED_CALLERS', count: 2, of: 2 },
    { code: 'TEXT_ONLY', names: ['clinic'] },
    { code: 'NO_AGENT_DIGEST', names: ['clinic'] },
  ])
  expect(limits.map(limitText).slice(1, 4)).toEqual([
    'The agent changed during the result: clinic 4.2.1, 4.2.2.',
    'This is shard 2 of 4 of the suite.',
    'Only a part of the suite ran, or not as often as it says: tags.',
  ])
})

test('causes of as many runs come in the order of the runs and their checks, whichever run ended first', () => {
  const both = ended(0, failing({ assertion: 'turns <= 9' }, { assertion: 'turns <= 3' }))
  const last = ended(1, failing({ assertion: 'turns <= 3' }, { assertion: 'turns <= 9' }))
  expect(causesOf(both, last).map(({ check }) => check)).toEqual(['turns <= 9', 'turns <= 3'])
  expect(causesOf(last, both)).toEqual(causesOf(both, last))
})
