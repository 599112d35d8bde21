import { createTally } from '../../../../src/pipeline/tally/tally.js'
import {
  type Attempt,
  type CaseSummary,
  type EntrySummary,
  eventVersion,
  type RunEnded,
  type SuiteStarted,
} from '../../../../src/domain/event.js'
import type { CaseKey, ResultId } from '../../../../src/domain/ids.js'
import { type Outcome, outcomeStatuses } from '../../../../src/domain/outcome.js'
import { runKey } from '../../../../src/domain/plan.js'
import type { Report, Totals } from '../../../../src/domain/report.js'
import type { Moment, Transcript } from '../../../../src/domain/transcript.js'
import type { Check } from '../../../../src/domain/verdict.js'
import type { FinishedResult } from '../../../../src/ports/reporter.js'

const at = '2026-11-24T20:27:28.000Z'
const endedAt = '2026-11-24T20:27:40.300Z'

/** A result with every outcome, a retried run, and a flaky one. */
export function sampleResult(): FinishedResult {
  return resultOf(sampleStarted, sampleRuns)
}

export function resultOf(started: SuiteStarted, runs: readonly RunEnded[], change: Partial<Report> = {}): FinishedResult {
  return {
    started,
    report: { ...reportOf(started, runs), ...change },
    place: '.callsheet/2026-11-24T20-27-28Z-1f3a',
    async *runs() {
      // In two batches, so that what is carried from one to the next is seen to be.
      yield runs.slice(0, 5)
      yield runs.slice(5)
    },
  }
}

const calm = { key: 'calm', id: 3, name: 'Calm' }
const maria = { key: 'maria', id: 20, name: 'Maria Lopez' }
const clinic = { key: 'clinic', id: 12, name: 'Clinic', identity: { version: '1.4.2' }, channel: 'websocket' } as const

type Scenario = CaseSummary['scenario']
const scenarios: readonly [scenario: Scenario, repeats: number][] = [
  [
    {
      key: 'cancel_appointment',
      id: 101,
      name: 'Caller cancels an appointment',
      folder: 'Booking',
      tags: ['smoke'],
      metrics: [],
      file: 'suites/clinic.yaml',
      line: 34,
    },
    3,
  ],
  [
    {
      key: 'book_appointment',
      name: 'Caller books an appointment',
      folder: 'Booking',
      tags: ['smoke'],
      metrics: [],
      file: 'suites/clinic.yaml',
      line: 58,
    },
    2,
  ],
  [{ key: 'opening_hours', name: 'Caller asks for opening hours', tags: [], metrics: [], file: 'suites/clinic.yaml', line: 80 }, 1],
  [
    {
      key: 'angry_refund',
      id: 102,
      name: 'Angry caller wants a refund',
      folder: 'Billing',
      tags: ['billing'],
      metrics: [],
      file: 'suites/billing.yaml',
      line: 3,
    },
    2,
  ],
  [
    {
      key: 'card_number',
      name: 'Caller reads a card number',
      folder: 'Billing',
      tags: ['billing'],
      metrics: [],
      file: 'suites/billing.yaml',
      line: 21,
    },
    1,
  ],
  [
    {
      key: 'off_script',
      name: 'Caller leaves the script',
      folder: 'Billing',
      tags: ['billing'],
      metrics: [],
      file: 'suites/billing.yaml',
      line: 40,
    },
    1,
  ],
  [{ key: 'late', name: 'Caller is late', folder: 'Billing', tags: ['billing'], metrics: [], file: 'suites/billing.yaml', line: 55 }, 2],
]

export const sampleStarted: SuiteStarted = startedWith([
  { name: 'Smoke', slug: 'smoke', scenarios: scenarios.slice(0, 3) },
  { name: 'Billing', slug: 'billing', scenarios: scenarios.slice(3) },
])

export function startedWith(
  entries: readonly { name: string; slug: string; scenarios: readonly (readonly [Scenario, number])[] }[],
): SuiteStarted {
  let index = 0
  let firstRun = 0
  const summaries = entries.map((entry, entryIndex): EntrySummary => ({
    index: entryIndex,
    name: entry.name,
    slug: entry.slug,
    agent: clinic,
    cases: entry.scenarios.map(([scenario, repeats]): CaseSummary => {
      const key = `${entry.slug}/${scenario.key}/calm/maria` as CaseKey
      const planned = { index, key, repeats, firstRun, scenario, personality: calm, testProfile: maria }
      index += 1
      firstRun += repeats
      return planned
    }),
  }))
  return {
    type: 'suite.started',
    version: eventVersion,
    at,
    result: '2026-11-24T20-27-28Z-1f3a' as ResultId,
    callsheet: '0.1.0',
    suite: { name: 'Clinic scheduling', file: 'suites/clinic.yaml' },
    plan: { seed: 7, totalRuns: firstRun, thresholds: { passRate: { min: 0.9 }, metrics: [] }, entries: summaries },
    digests: { suite: '0a', bar: '0b', plan: '0f' },
    options: {},
  }
}

/** A conversation in which the agent gives these answers, one second a turn. */
export function transcriptOf(...answers: string[]): Transcript {
  const moments = answers.flatMap((answer, i): Moment[] => [
    {
      type: 'said',
      by: 'caller',
      turn: i + 1,
      startS: i,
      endS: i,
      text: i === 0 ? 'Hi, I need to cancel.' : 'Yes, please.',
      cause: i === 0 ? { kind: 'first_message' } : { kind: 'step', number: i },
    },
    { type: 'said', by: 'agent', turn: i + 1, startS: i + 0.4, endS: i + 0.4, text: answer },
  ])
  return { moments, metadata: { language: 'en' }, ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: answers.length } }
}

const cancelCall: Moment = {
  type: 'tool_called',
  by: 'agent',
  turn: 2,
  startS: 1.2,
  endS: 1.2,
  id: 't1',
  name: 'cancel_appointment',
  arguments: { patient_id: 'P-1' },
}
const cancelReturn: Moment = {
  type: 'tool_returned',
  by: 'agent',
  turn: 2,
  startS: 1.3,
  endS: 1.3,
  id: 't1',
  name: 'cancel_appointment',
  result: { ok: true },
}

const held: Check = { assertion: 'agent_says contains "cancelled"', holds: 'yes', because: '', turn: 2, line: 41 }
const missed: Check = {
  assertion: 'agent_says contains "cancelled"',
  holds: 'no',
  because: 'the agent said "Your appointment is booked."',
  turn: 2,
  line: 41,
}
const metrics = (latency: number) => [
  { metric: 'reply_latency', type: 'numeric' as const, value: latency, samples: [latency - 10, latency + 10] },
  { metric: 'said_goodbye', type: 'binary' as const, value: true },
]

export const passed = (latency = 400): Outcome => {
  const conversation = transcriptOf('What is your name?', 'It is cancelled. Goodbye.')
  return {
    status: 'passed',
    transcript: { ...conversation, moments: [...conversation.moments, cancelCall, cancelReturn] },
    verdict: { holds: 'yes', checks: [held], metrics: metrics(latency) },
  }
}
export const failed: Outcome = {
  status: 'failed',
  transcript: transcriptOf('What is your name?', 'Your appointment is booked.'),
  verdict: { holds: 'no', checks: [missed, { assertion: 'ended_by caller', holds: 'yes', because: '' }], metrics: metrics(460) },
}
const refused: Outcome = {
  status: 'infra_error',
  transcript: { moments: [], metadata: {}, ending: { by: 'limit', reason: 'Main agent-call-not-connected', atS: 0 } },
  fault: { by: 'infra', code: 'refused', message: 'Nothing listens at ws://127.0.0.1:8765. Is the agent running?' },
}
const sampleOutcomes: readonly Outcome[] = [
  passed(),
  failed,
  passed(420),
  {
    status: 'agent_error',
    transcript: transcriptOf('What is your name?'),
    fault: { by: 'agent', code: 'closed', status: 1011, message: 'The agent closed the connection in turn 1, with code 1011.' },
  },
  passed(380),
  passed(300),
  refused,
  refused,
  {
    status: 'unscored',
    transcript: transcriptOf('Please go ahead.'),
    verdict: {
      holds: 'unknown',
      checks: [{ assertion: 'metric empathy >= 70', holds: 'unknown', because: 'the judge gave no number' }],
      metrics: [{ metric: 'empathy', type: 'rating', value: null, because: 'the judge gave no number' }],
    },
  },
  { status: 'caller_invalid', transcript: transcriptOf('Hello?'), reason: 'the caller spoke as the agent in turn 1' },
  { status: 'not_run', reason: 'max_failures' },
  { status: 'not_run', reason: 'max_failures' },
]

const retried: Attempt = { startedAt: at, durationMs: 50, outcome: refused }
const erred: Attempt = { startedAt: at, durationMs: 900, outcome: failed }

export const sampleRuns: readonly RunEnded[] = runsWith(sampleStarted, sampleOutcomes).map(run =>
  run.index === 2 ? { ...run, earlier: [erred], flaky: true } : run.index === 6 ? { ...run, earlier: [retried] } : run,
)

/** The run of the sample with this index. */
export function runAt(index: number): RunEnded {
  const run = sampleRuns[index]
  if (!run) throw new Error(`the sample has no run ${index}`)
  return run
}

/** The runs of a plan, ended so, in order. */
export function runsWith(started: SuiteStarted, outcomes: readonly Outcome[]): RunEnded[] {
  return started.plan.entries
    .flatMap(entry => entry.cases)
    .flatMap(({ key, firstRun, repeats }) =>
      Array.from({ length: repeats }, (_, i): RunEnded => {
        const outcome = outcomes[firstRun + i]
        if (!outcome) throw new Error(`no outcome for run ${firstRun + i}`)
        const wasStarted = outcome.status !== 'not_run'
        return {
          type: 'run.ended',
          index: firstRun + i,
          at: endedAt,
          run: runKey(key, i + 1),
          outcome,
          ...(wasStarted && { startedAt: at }),
          durationMs: wasStarted ? 2000 : 0,
          earlier: [],
          flaky: false,
        }
      }),
    )
}

export function reportOf(started: SuiteStarted, runs: readonly RunEnded[]): Report {
  const tally = createTally(started)
  for (const run of runs) tally.add(run)
  const { causes, otherCauses, votes, limits, waived } = tally.report()
  const latency = {
    metric: 'reply_latency',
    type: 'numeric' as const,
    count: 10,
    unscored: 0,
    mean: 392,
    min: 290,
    max: 470,
    p50: 390,
    p90: 460,
    p95: 470,
    p99: 470,
  }
  const goodbye = { metric: 'said_goodbye', type: 'binary' as const, count: 5, unscored: 0, mean: 0.8 }
  const topic = { metric: 'topic', type: 'enum' as const, count: 3, unscored: 2, values: { cancel: 2, book: 1 } }
  return {
    result: started.result,
    startedAt: at,
    endedAt,
    durationMs: 12_300,
    totals: totalsOf(runs),
    gate: {
      verdict: 'failed',
      lines: [
        {
          scope: 'suite',
          rule: 'pass_rate',
          required: '>= 90.0 %',
          measured: '66.7 % (4 of 6)',
          verdict: 'not_met',
          because: 'smoke/cancel_appointment/calm/maria, smoke/book_appointment/calm/maria',
        },
        {
          scope: 'smoke',
          rule: 'each_scenario',
          required: 'each >= 66.0 %',
          measured: '2 of 3 cases; lowest: 50.0 % (1 of 2)',
          verdict: 'not_met',
          because: 'smoke/book_appointment/calm/maria',
        },
        {
          scope: 'suite',
          rule: 'coverage',
          required: '>= 100.0 %',
          measured: '50.0 % (6 of 12)',
          verdict: 'could_not_tell',
          because: '6 runs could not be told',
        },
        { scope: 'suite', rule: 'metrics.reply_latency.p95', required: '<= 2000', measured: '470', verdict: 'met' },
      ],
    },
    entries: started.plan.entries.map(entry => ({
      index: entry.index,
      name: entry.name,
      totals: totalsOf(runs.filter(run => entry.cases.some(planned => isOf(planned, run)))),
      saved: 0,
      cases: entry.cases.map(planned => {
        const own = runs.filter(run => isOf(planned, run))
        return {
          index: planned.index,
          key: planned.key,
          totals: totalsOf(own),
          durationMs: own.reduce((sum, { durationMs }) => sum + durationMs, 0),
          saved: 0,
        }
      }),
      metrics: entry.index === 0 ? [latency, goodbye] : [topic],
    })),
    metrics: [latency, goodbye, topic],
    stopped: 'max_failures',
    ...(causes && { causes }),
    ...(otherCauses !== undefined && { otherCauses }),
    ...(waived && { waived }),
    ...(votes && { votes }),
    limits,
  }
}

function isOf({ firstRun, repeats }: CaseSummary, { index }: RunEnded): boolean {
  return index >= firstRun && index < firstRun + repeats
}

function totalsOf(runs: readonly RunEnded[]): Totals {
  const count = (test: (run: RunEnded) => boolean) => runs.filter(test).length
  const byStatus = outcomeStatuses.map(status => [status, count(run => run.outcome.status === status)])
  return { ...Object.fromEntries(byStatus), runs: runs.length, flaky: count(run => run.flaky) } as Totals
}
