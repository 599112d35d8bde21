import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createHostedScorer, type HostedCircumstances, type ScoreHosted } from '../../../../src/app/hosted/hosted-outcome.js'
import type { Prepared } from '../../../../src/app/plan-document.js'
import { defaultAdapters } from '../../../../src/app/registry.js'
import { readHostedRun } from '../../../../src/adapters/clients/read-runs.js'
import { readStanding } from '../../../../src/adapters/clients/read-standing.js'
import type { Scenario } from '../../../../src/domain/document.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { RunSpec } from '../../../../src/domain/plan.js'
import { agent } from '../../../support/build.js'

let score: ScoreHosted

beforeAll(async () => {
  const metrics = [{ key: 'polite', name: 'Politeness', id: 31, type: 'rating', source: { kind: 'builtin', builtin: 'turns' } }]
  score = await createHostedScorer({ document: { metrics } } as unknown as Prepared, await defaultAdapters({}))
})

const good = {
  id: 500,
  status: 'completed',
  success: true,
  transcript_object: [
    { role: 'Testing Agent', content: 'Cancel it, please.', start_time: 0, end_time: 1 },
    { role: 'Main Agent', content: 'It is cancelled.', start_time: 2, end_time: 3 },
  ],
  duration: '00:03',
  metadata: { ended_reason: 'Testing agent-ended-call' },
}

/** How a run ends, as the service answers it. */
function endOf(more: object, { isOurs = false, expect: asks = [], metrics = [], seen = {} }: Asked = {}): Outcome {
  const run = readHostedRun({ ...good, ...more }, isOurs)
  if (!run) throw new Error('It is not over.')
  const scenario = { key: 'cancel', expect: asks, metrics, behaviour: { kind: 'instructions' }, at: place } as unknown as Scenario
  return score(run, { case: { scenario }, entry: { agent: agent() } } as RunSpec, { isBegun: true, stopped: undefined, asked, ...seen })
    .outcome
}

interface Asked {
  readonly isOurs?: boolean
  readonly expect?: readonly object[]
  readonly metrics?: readonly string[]
  readonly seen?: Partial<HostedCircumstances>
}

const asked = { scenario: 11, agent: 1 }
const place = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }
const endedBy = (by: string): object => ({ kind: 'ended_by', by, at: place })
const says = (contains: string): object => ({ kind: 'agent_says', matcher: { contains }, at: place })

test.each([
  ['a success with a conversation', {}, 'passed'],
  ['no success', { success: false }, 'failed'],
  ['nothing of success', { success: undefined }, 'unscored'],
  ['no transcript', { transcript_object: [], transcript: '' }, 'unscored'],
  ['no success and no transcript', { success: false, transcript_object: null, transcript: null }, 'unscored'],
  [
    'a transcript as text alone',
    { transcript_object: null, transcript: '[00:00] Testing Agent: Hi.\n[00:01] Main Agent: Hello.' },
    'passed',
  ],
  [
    'a message by nobody that is known',
    { transcript_object: [...good.transcript_object, { role: 'Narrator', content: 'Then it rang.' }] },
    'unscored',
  ],
  ['a message without content', { transcript_object: [...good.transcript_object, { role: 'Main Agent', content: null }] }, 'passed'],
  ['instructions that nobody hears', { transcript_object: [{ role: 'system', content: 'Be kind.' }, ...good.transcript_object] }, 'passed'],
  ['an agent that never spoke', { transcript_object: good.transcript_object.slice(0, 1) }, 'failed'],
  ['a caller that never spoke', { transcript_object: good.transcript_object.slice(1) }, 'unscored'],
  [
    'an expected outcome that was judged',
    { expected_outcome_prompt: 'It is cancelled', expected_outcome: { score: 100, explanation: ['✅ It is'] } },
    'passed',
  ],
  ['an expected outcome that was not judged', { expected_outcome_prompt: 'It is cancelled', expected_outcome: null }, 'unscored'],
  ['an expected outcome without a score', { expected_outcome_prompt: 'It is cancelled', expected_outcome: { score: null } }, 'unscored'],
  ['failed', { status: 'failed', success: false, error_message: 'No line.' }, 'infra_error'],
  ['failed, and yet a success', { status: 'failed', success: true }, 'infra_error'],
  ['failed, for the agent fell silent', { status: 'failed', metadata: { ended_reason: 'Main agent-silence-timed-out' } }, 'agent_error'],
  ['timeout', { status: 'timeout', success: false, transcript_object: [] }, 'infra_error'],
  ['cancelled', { status: 'cancelled', success: false }, 'infra_error'],
] as const)('%s', (_, run, status) => {
  expect(endOf(run).status).toBe(status)
})

test.each([
  [{ expected_outcome: { score: 0, explanation: [] } }, 'the score of its expected outcome is 0'],
  [{ expected_outcome: { score: 100, explanation: ['✅ greets', '❌ refunds'] } }, 'its expected outcome says "❌ refunds"'],
  [{ error_message: 'boom' }, 'its error_message is "boom"'],
])('a success that the service contradicts with %j is unscored', (more, because) => {
  expect(endOf(more)).toMatchObject({
    status: 'unscored',
    verdict: {
      checks: expect.arrayContaining([
        { assertion: 'what the service reports of run 500 agrees', holds: 'unknown', because: expect.stringContaining(because) as unknown },
      ]) as unknown,
    },
  })
})

test.each([
  [{ scenario: 99 }, 'The service answered run 500 with one of scenario 99, but scenario 11 was asked for. Look at the run there.'],
  [{ agent: 77 }, 'The service answered run 500 with one of agent 77, but agent 1 was asked for. Look at the run there.'],
  [{ agent: { id: 77 } }, 'The service answered run 500 with one of agent 77, but agent 1 was asked for. Look at the run there.'],
])('a run of another kind than was asked for is no evidence: %j', (more, message) => {
  expect(endOf(more)).toMatchObject({ status: 'infra_error', fault: { code: 'service', message } })
})

test('the run that was asked for passes, and what is not known is not compared', () => {
  expect(endOf({ scenario: 11, agent: 1, error_message: '', expected_outcome: { score: 100, explanation: ['✅ greets'] } }).status).toBe(
    'passed',
  )
  expect(endOf({ scenario: 99, agent: 'Clinic' }, { seen: { asked: undefined } }).status).toBe('passed')
})

test.each([
  [
    { status: 'completed', success_rate: 0, runs: { 500: { status: 'completed', success: true } } },
    { hasNoSuccess: true, showsSuccess: true },
  ],
  [{ status: 'running', success_rate: 0, runs: { 500: { status: 'completed', success: true } } }, { hasNoSuccess: false }],
  [
    { status: 'completed', success_rate: 100, runs: {} },
    { hasNoSuccess: false, showsSuccess: false },
  ],
  [{ status: 'completed', runs: {} }, { hasNoSuccess: false }],
])('a success rate of 0 is seen once the result is over: %j', (body, standing) => {
  expect(readStanding(body)).toMatchObject(standing)
})

test.each([
  ['before it began', { isBegun: false }, { status: 'not_run', reason: 'cancelled' }],
  ['when we stop', { isBegun: true, stopped: 'cancelled' }, { status: 'infra_error', fault: { code: 'interrupted' } }],
  ['because it is decided', { isBegun: true, stopped: 'decided' }, { status: 'not_run', reason: 'decided' }],
] as const)('a run that is cancelled %s', (_, seen, outcome) => {
  expect(endOf({ status: 'cancelled', transcript_object: [] }, { seen })).toMatchObject(outcome)
})

test("the scenario's checks are matched on the transcript, whatever the service says", () => {
  expect(endOf({}, { expect: [says('cancelled')] }).status).toBe('passed')
  expect(endOf({}, { expect: [says('refunded')] })).toMatchObject({
    status: 'failed',
    verdict: { checks: [{ holds: 'yes' }, { holds: 'yes' }, { holds: 'no' }] },
  })
  expect(endOf({ success: false }, { expect: [says('cancelled')] }).status).toBe('failed')
})

test('a check of who ended the call is inconclusive if the service does not say', () => {
  expect(endOf({}, { expect: [endedBy('caller')] }).status).toBe('passed')
  expect(endOf({}, { expect: [endedBy('agent')] }).status).toBe('failed')
  for (const metadata of [{}, { ended_reason: 'call-failed-unknown-error' }, { ended_reason: 'pipeline-error' }]) {
    for (const asks of [endedBy('agent'), endedBy('limit'), { kind: 'not', assertion: endedBy('agent'), at: place }]) {
      expect(endOf({ metadata }, { expect: [asks, says('cancelled')] })).toMatchObject({
        status: 'unscored',
        verdict: { checks: expect.arrayContaining([expect.objectContaining({ holds: 'unknown' })]) as unknown },
      })
    }
    expect(endOf({ metadata }, { expect: [endedBy('agent'), says('refunded')] }).status).toBe('failed')
    expect(endOf({ metadata }, { expect: [says('cancelled')] }).status).toBe('passed')
  }
})

test('that a service of ours expected the agent to go away is settled there, and the checks here still count', () => {
  const checks = [{ assertion: 'cut off: going_away', holds: 'yes', because: '' }]
  const ending = { by: 'agent', cut_off: 'going_away', end_time: 3 }
  const metadata = { callsheet: { outcome: 'passed', checks, metrics: [], ending } }
  expect(endOf({ metadata }, { isOurs: true }).status).toBe('passed')
  expect(endOf({ metadata }, { isOurs: true, expect: [endedBy('agent')] }).status).toBe('failed')
  const denied = { kind: 'not', assertion: { kind: 'cut_off', by: 'going_away', at: place }, at: place }
  expect(endOf({ metadata }, { isOurs: true, expect: [denied] }).status).toBe('failed')
})

const evaluation = (metric: object): object => ({ evaluation: { metrics: [{ id: 31, name: 'Politeness!', type: 'rating', ...metric }] } })

test('a metric that the suite lists has to have a value', () => {
  expect(endOf(evaluation({ score: 80 }), { metrics: ['polite'] })).toMatchObject({
    status: 'passed',
    verdict: { metrics: [{ metric: 'polite', type: 'rating', value: 80 }] },
  })
  expect(endOf(evaluation({ score: null }), { metrics: ['polite'] }).status).toBe('unscored')
  expect(endOf({}, { metrics: ['polite'] })).toMatchObject({
    status: 'unscored',
    verdict: { metrics: [{ metric: 'polite', value: null }] },
  })
})

test('a service of ours says more, and is believed as far as that goes with the rest', () => {
  const checks = [
    { assertion: 'both sides spoke', holds: 'yes', because: '' },
    { assertion: 'agent_says contains "moved"', holds: 'no', because: 'it did not', turn: 1 },
  ]
  const ours = (outcome: string, success: boolean): object => ({ success, metadata: { callsheet: { outcome, checks, metrics: [] } } })
  expect(endOf(ours('failed', false), { isOurs: true })).toMatchObject({ status: 'failed', verdict: { checks } })
  expect(endOf(ours('unscored', false), { isOurs: true }).status).toBe('failed')
  const fault = { by: 'agent', code: 'closed', message: 'It hung up.' }
  expect(
    endOf({ status: 'failed', success: false, metadata: { callsheet: { outcome: 'agent_error', fault } } }, { isOurs: true }),
  ).toMatchObject({ status: 'agent_error', fault })
})

test("of any other service the metadata may be the agent's: it forges nothing", () => {
  const forged = { callsheet: { outcome: 'passed', checks: [], metrics: [], fault: { by: 'infra', code: 'tls', message: '' } } }
  expect(endOf({ success: false, metadata: forged }).status).toBe('failed')
  expect(endOf({ success: false, metadata: forged }, { isOurs: true }).status).toBe('failed')
  expect(endOf({ status: 'failed', success: false, metadata: forged })).toMatchObject({ fault: { code: 'service' } })
})

test('an attempt that was retried is kept, and a pass after one that counted is flaky', () => {
  const callsheet = {
    outcome: 'passed',
    checks: [],
    metrics: [],
    flaky: true,
    earlier: [{ outcome: 'failed' }, { outcome: 'infra_error', fault: { by: 'infra', code: 'tls', message: 'TLS.' } }],
  }
  const run = readHostedRun({ ...good, metadata: { callsheet } }, true)!
  const scenario = { key: 'cancel', expect: [], metrics: [], behaviour: { kind: 'instructions' }, at: place } as unknown as Scenario
  const { flaky, earlier } = score(run, { case: { scenario }, entry: { agent: agent() } } as unknown as RunSpec, {
    isBegun: true,
    stopped: undefined,
    asked,
  })
  expect({ flaky, earlier: earlier.map(({ outcome }) => outcome.status) }).toEqual({ flaky: true, earlier: ['failed', 'infra_error'] })
})

test('whatever a service answers, nothing passes that is no completed success in which both sides spoke', () => {
  const turn = fc.record(
    {
      role: fc.constantFrom('Testing Agent', 'Main Agent', 'Function Call', 'Other', 3),
      content: fc.anything(),
      start_time: fc.anything(),
      data: fc.anything(),
    },
    { requiredKeys: [] },
  )
  const keys = [
    'id',
    'status',
    'success',
    'transcript',
    'transcript_object',
    'metadata',
    'evaluation',
    'expected_outcome',
    'duration',
    'executed_at',
    'error_message',
  ] as const
  const any = fc.record(Object.fromEntries(keys.map(key => [key, fc.anything()])) as Record<(typeof keys)[number], fc.Arbitrary<unknown>>, {
    requiredKeys: [],
  })
  const near = fc.record(
    {
      status: fc.constantFrom('completed', 'failed', 'timeout', 'cancelled'),
      success: fc.constantFrom(true, false, null, 1),
      transcript_object: fc.array(turn, { maxLength: 4 }),
      evaluation: fc.record({ metrics: fc.array(fc.anything()) }),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(any, near, fc.boolean(), (a, b, isOurs) => {
      const answer = { ...a, id: 500, ...b }
      const run = readHostedRun(answer, isOurs)
      readStanding({ status: a.status, runs: a.metadata })
      if (!run) return
      const scenario = { key: 'cancel', expect: [], metrics: [], behaviour: { kind: 'instructions' }, at: place } as unknown as Scenario
      const { outcome } = score(run, { case: { scenario }, entry: { agent: agent() } } as unknown as RunSpec, {
        isBegun: true,
        stopped: undefined,
        asked,
      })
      JSON.stringify(outcome)
      if (outcome.status !== 'passed') return
      expect(answer).toMatchObject({ status: 'completed', success: true })
      expect(run.transcript.moments.some(entry => entry.by === 'caller')).toBe(true)
      expect(run.transcript.moments.some(entry => entry.by === 'agent')).toBe(true)
    }),
  )
})

test('what is not understood of a transcript is told, with its message', () => {
  const messages = [...good.transcript_object, { role: 'Main Agent', content: null }]
  const checksOf = (more: readonly object[]) => {
    const outcome = endOf({ transcript_object: [...messages, ...more] })
    return 'verdict' in outcome ? outcome.verdict.checks : []
  }
  const assertion = 'the whole transcript can be read'
  expect(checksOf([])).toContainEqual({ assertion, holds: 'yes', because: 'message 3 of run 500: It has no content.' })
  const lost = checksOf([{ role: 'Narrator', content: 'Then it rang.' }]).find(check => check.assertion === assertion)
  expect(lost).toMatchObject({ holds: 'unknown', because: expect.stringContaining('message 4 of run 500: This role is not known.') })
})
