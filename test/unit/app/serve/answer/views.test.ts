import { expect, test } from 'vitest'
import { evaluationView, expectedOutcomeView, failedChecks } from '../../../../../src/app/serve/answer/evaluation-views.js'
import { resultSummaryView } from '../../../../../src/app/serve/answer/result-views.js'
import { resultStatus, runStatus, successRate } from '../../../../../src/app/serve/answer/statuses.js'
import { writeMessages } from '../../../../../src/domain/wire/message.js'
import { minutesAndSeconds, transcriptText } from '../../../../../src/domain/wire/text.js'
import type { Metric } from '../../../../../src/domain/metric.js'
import type { Report } from '../../../../../src/domain/report.js'
import type { Verdict } from '../../../../../src/domain/verdict.js'
import type { ResultRecord, RunStanding } from '../../../../../src/ports/database.js'

const spoke = { assertion: 'both sides spoke', holds: 'yes', because: '' } as const
const verdict: Verdict = { holds: 'no', checks: [spoke], metrics: [] }

test('a judged outcome gives its own score, and each claim is told', () => {
  const judged: Verdict = {
    ...verdict,
    checks: [
      spoke,
      { assertion: 'outcome: the agent apologises', holds: 'yes', because: '' },
      { assertion: 'outcome: the agent opens a ticket', holds: 'no', because: 'no ticket is spoken of', turn: 3 },
    ],
    outcome: {
      score: 50,
      claims: [
        { claim: 'the agent apologises', holds: 'yes', because: 'It says sorry.', turn: 1, quote: 'Sorry!' },
        { claim: 'the agent opens a ticket', holds: 'no', because: 'no ticket is spoken of' },
      ],
    },
  }
  expect(expectedOutcomeView(judged)).toEqual({
    score: 50,
    explanation: [
      '✅ both sides spoke',
      '✅ outcome: the agent apologises',
      '❌ outcome: the agent opens a ticket: no ticket is spoken of',
    ],
  })
  expect(expectedOutcomeView({ ...judged, outcome: { score: null, claims: [] } }).score).toBeNull()
})

test('without a judge the score is the share of passed checks, rounded down, and none while one is unknown', () => {
  const no = { ...spoke, holds: 'no' as const, because: 'it was not so' }
  expect(expectedOutcomeView({ ...verdict, checks: [spoke, spoke, no] }).score).toBe(66)
  expect(expectedOutcomeView({ ...verdict, checks: Array.from({ length: 300 }, (_, i) => (i === 0 ? no : spoke)) }).score).toBe(99)
  expect(expectedOutcomeView({ ...verdict, checks: [spoke, { ...spoke, holds: 'unknown', because: 'no judge' }] })).toEqual({
    score: null,
    explanation: ['✅ both sides spoke', '❔ both sides spoke: no judge'],
  })
})

test('a judged metric tells why, how it was voted, and where it does not apply', () => {
  const empathy: Metric = { key: 'empathy', id: 8, name: 'Empathy', type: 'rating', source: { kind: 'judge', question: 'Was it warm?' } }
  const { metrics } = evaluationView(
    {
      ...verdict,
      metrics: [
        { metric: 'empathy', type: 'rating', value: 70, explanation: 'Warm, if brief.', votes: [70, 80, null] },
        { metric: 'upsell', type: 'binary', value: null, applies: false, because: 'the caller did not buy' },
      ],
    },
    new Map([['empathy', empathy]]),
  )
  expect(metrics).toEqual([
    {
      id: 8,
      name: 'Empathy',
      type: 'rating',
      score: 70,
      score_normalized: 70,
      value: 70,
      explanation: ['Warm, if brief.', 'Votes: 70, 80, none.'],
    },
    {
      id: null,
      name: 'upsell',
      type: 'binary',
      score: null,
      score_normalized: null,
      value: null,
      explanation: ['Does not apply to this conversation.', 'the caller did not buy'],
    },
  ])
})

test('reasons are the failed and inconclusive checks, and metrics that were not scored', () => {
  const failed: Verdict = {
    holds: 'no',
    checks: [spoke, { ...spoke, assertion: 'a', holds: 'no' }, { ...spoke, assertion: 'b', holds: 'unknown' }],
    metrics: [
      { metric: 'm', type: 'numeric', value: null, because: 'nothing was said' },
      { metric: 'n', type: 'numeric', value: null, applies: false },
    ],
  }
  expect(failedChecks(failed)).toEqual(['a', 'inconclusive: b', 'not scored: m'])
})

test('a transcript has digits and calls, a line each, whatever line breaks they contain', () => {
  const times = { turn: 1, startS: 61.9, endS: 62 }
  const messages = writeMessages([
    { ...times, type: 'dtmf', by: 'caller', digits: '12#' },
    { ...times, type: 'said', by: 'agent', text: 'One\r\ntwo\u2028three\n\n four' },
    { ...times, type: 'tool_called', by: 'agent', name: 'find', arguments: undefined },
    { ...times, type: 'tool_returned', by: 'agent', result: 'line\nbreak' },
  ])
  expect(transcriptText(messages)).toBe(
    [
      '[01:01] Testing Agent: <dtmf digits="12#"/>',
      '[01:01] Main Agent: One two three four',
      '[01:01] Function Call: find(null)',
      String.raw`[01:01] Function Call Result: "line\nbreak"`,
    ].join('\n'),
  )
})

test('durations are minutes and seconds, and go on beyond the hour', () => {
  expect([0, 0.4, 59.6, 61, 3599, 7261].map(minutesAndSeconds)).toEqual(['00:00', '00:00', '01:00', '01:01', '59:59', '121:01'])
})

test('a hundred percent is all of them', () => {
  expect(successRate(99_999, 100_000)).toBeLessThan(100)
  expect([successRate(0, 0), successRate(3, 3)]).toEqual([0, 100])
})

test.each([
  [{ state: 'pending' }, 'pending'],
  [{ state: 'in_progress' }, 'in_progress'],
  [{ state: 'ended', outcome: 'failed' }, 'completed'],
  [{ state: 'ended', outcome: 'unscored' }, 'completed'],
  [{ state: 'ended', outcome: 'agent_error', reason: 'crashed' }, 'failed'],
  [{ state: 'ended', outcome: 'caller_invalid' }, 'failed'],
  [{ state: 'ended', outcome: 'infra_error', reason: 'refused' }, 'failed'],
  [{ state: 'ended', outcome: 'infra_error', reason: 'interrupted' }, 'cancelled'],
  [{ state: 'ended', outcome: 'not_run', reason: 'cancelled' }, 'cancelled'],
  [{ state: 'ended', outcome: 'not_run', reason: 'suite_timeout' }, 'timeout'],
] as const)('a run that is %j is %s', (standing, status) => {
  expect(runStatus(standing as unknown as RunStanding)).toBe(status)
})

test.each([
  [{ scored: 1, cancelled: 3 }, 'cancelled', 'completed'],
  [{ scored: 0, cancelled: 4 }, undefined, 'cancelled'],
  [{ scored: 0, cancelled: 2 }, 'cancelled', 'cancelled'],
  [{ scored: 0, cancelled: 2 }, 'suite_timeout', 'timeout'],
  [{ scored: 0, cancelled: 1 }, undefined, 'failed'],
] as const)('a result that ended with %j, stopped by %s, is %s', (counts, stopped, status) => {
  const result = {
    state: 'ended',
    counts: { total: 4, ended: 4, passed: 0, ...counts },
    report: { stopped } as Report,
  } as unknown as ResultRecord
  expect(resultStatus(result)).toBe(status)
})

test.each(['no', 'unknown'] as const)('a result whose judge is right about a control: %s, is failed, though its runs passed', holds => {
  const report = {
    controls: [
      { control: 'good', holds: 'yes', because: '' },
      { control: 'bad', holds, because: 'It passed it.' },
    ],
  }
  const counts = { total: 1, ended: 1, passed: 1, scored: 1, cancelled: 0 }
  const result = {
    state: 'ended',
    counts,
    report,
    request: { reach: { kind: 'own' } },
    started: { plan: { entries: [] } },
  } as unknown as ResultRecord
  expect(resultStatus(result)).toBe('failed')
  expect(resultSummaryView(result)).toMatchObject({ success_rate: 0, success_runs_count: 0, failed_runs_count: 1 })
})
