import { titleOf } from '../../../domain/case-title.js'
import type { Attempt, CaseSummary, EntrySummary, RunEnded } from '../../../domain/event.js'
import type { Outcome, OutcomeStatus } from '../../../domain/outcome.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { shortfallLine, shortfalls } from '../../../domain/shortfall.js'
import { wilsonInterval } from '../../../domain/statistics.js'
import type { FinishedResult, ReportOptions } from '../../../ports/reporter.js'
import { type CaseStatus, caseStatusOf, noRuns, type StatusCounts, worstOf } from '../../../domain/case-status.js'
import { dialogueLines } from '../dialogue-lines.js'
import type { PlannedRun } from '../planned-runs.js'
import { transcriptLines } from '../transcript-lines.js'

export type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'pending' | 'other'

export const ctrfStatuses = {
  passed: 'passed',
  failed: 'failed',
  could_not_tell: 'other',
  not_run: 'skipped',
} as const satisfies Readonly<Record<CaseStatus, CtrfStatus>>

const longestMessage = 500
const longestTrace = 4000
const longestTranscript = 20_000
const longestDialogue = 16_000
const longestName = 300

/** The runs of one test. It stays small however many there are. */
export interface CtrfTest {
  readonly entry: EntrySummary
  readonly case: CaseSummary
  /** Only if each run is its own test. */
  readonly repeat?: number
  readonly counts: StatusCounts
  /** The first run of each status. */
  readonly examples: Partial<Record<CaseStatus, RunEnded>>
  runs: number
  flaky: number
  durationMs: number
  start?: number
  stop?: number
}

export function beginTest({ entry, case: of, repeat }: PlannedRun, perRun: boolean): CtrfTest {
  return { entry, case: of, ...(perRun && { repeat }), counts: noRuns(), examples: {}, runs: 0, flaky: 0, durationMs: 0 }
}

export function addToTest(test: CtrfTest, { run }: PlannedRun): void {
  const status = caseStatusOf(run.outcome.status)
  test.counts[status] += 1
  test.examples[status] ??= run
  test.runs += 1
  test.flaky += Number(run.flaky)
  test.durationMs += run.durationMs
  if (run.startedAt === undefined) return
  test.start = Math.min(test.start ?? Infinity, Date.parse(run.startedAt))
  test.stop = Math.max(test.stop ?? 0, Date.parse(run.at))
}

/** A test as CTRF has it; its words come from the first run that decides its status. */
export function testOf(test: CtrfTest, { started }: FinishedResult, { junitOutput = 'failed' }: ReportOptions): object {
  const { entry, case: planned, repeat, counts, durationMs } = test
  const { scenario, personality, testProfile } = planned
  const decisive = worstOf(counts)
  const status = ctrfStatuses[decisive]
  const example = test.examples[decisive]
  const isTrouble = status === 'failed' || status === 'other'
  const words = junitOutput === 'all' || (junitOutput === 'failed' && isTrouble) ? transcriptOf(example, entry) : []
  const only = test.runs === 1 ? example : undefined
  const title = shorten(titleOf(planned), longestName)
  return {
    testId: safeLine(repeat === undefined ? planned.key : `${planned.key}#${repeat}`),
    name: safeLine(repeat === undefined ? title : `${title} #${repeat}`),
    status,
    duration: Math.round(durationMs),
    ...(test.start !== undefined && { start: test.start, stop: test.stop }),
    suite: [started.suite.name, entry.name, ...(scenario.folder?.split('/') ?? [])].map(name => safeLine(shorten(name, longestName))),
    ...(example && status !== 'passed' && wordsOf(example, counts[decisive], test.runs)),
    ...(example && { rawStatus: example.outcome.status }),
    ...(scenario.tags.length > 0 && { tags: scenario.tags.map(safeLine) }),
    filePath: safeLine(scenario.file),
    line: scenario.line,
    ...(only && only.earlier.length > 0 && { retries: only.earlier.length, retryAttempts: only.earlier.map(attemptOf) }),
    ...(test.flaky > 0 && status === 'passed' && { flaky: true }),
    ...(words.length > 0 && { stdout: words }),
    ...attachmentsOf(example?.outcome),
    parameters: {
      agent: entry.agent.key,
      ...(personality && { personality: personality.key }),
      ...(testProfile && { test_profile: testProfile.key }),
    },
    ...stepsOf(example?.outcome),
    ...insightsOf(test),
  }
}

/** `2 of 3 failed: agent says contains "cancelled": the agent said "Booked." (turn 2)` */
function wordsOf({ run, outcome }: RunEnded, times: number, runs: number): object {
  const lines = shortfalls(outcome).map(shortfallLine)
  const share = runs === 1 ? '' : `${times} of ${runs}: `
  const trace = [`${run}: ${outcome.status}`, ...lines].map(safeLine).join('\n')
  return { message: shorten(safeLine(`${share}${lines[0] ?? outcome.status}`), longestMessage), trace: shorten(trace, longestTrace) }
}

function transcriptOf(run: RunEnded | undefined, { agent }: EntrySummary): string[] {
  if (!run || !('transcript' in run.outcome)) return []
  const text = transcriptLines(run.outcome.transcript, agent)
    .map(line => line.text)
    .join('\n')
  const dialogue = run.outcome.status === 'passed' ? [] : dialogueLines(run.outcome.transcript, longestDialogue)
  return [...shorten(text, longestTranscript).split('\n'), ...dialogue]
}

function attemptOf({ startedAt, durationMs, outcome }: Attempt, i: number): object {
  const start = Date.parse(startedAt)
  const [first] = shortfalls(outcome)
  return {
    attempt: i + 1,
    status: statusOf(outcome.status),
    duration: Math.round(durationMs),
    ...(first && { message: shorten(safeLine(shortfallLine(first)), longestMessage) }),
    start,
    stop: start + Math.round(durationMs),
    extra: { 'callsheet.status': outcome.status },
  }
}

function statusOf(outcome: OutcomeStatus): CtrfStatus {
  return ctrfStatuses[caseStatusOf(outcome)]
}

function attachmentsOf(outcome: Outcome | undefined): object {
  const recording = outcome && 'transcript' in outcome ? outcome.transcript.sound?.recording : undefined
  if (!recording) return {}
  const { path, mediaType, sha256 } = recording
  return { attachments: [{ name: 'recording', contentType: mediaType, path: safeLine(path), extra: { 'callsheet.sha256': sha256 } }] }
}

const holds = { yes: 'passed', no: 'failed', unknown: 'other' } as const

/** What was checked on the conversation. */
function stepsOf(outcome: Outcome | undefined): object {
  if (!outcome || !('verdict' in outcome)) return {}
  return {
    steps: outcome.verdict.checks.map(check => ({ name: shorten(safeLine(check.assertion), longestMessage), status: holds[check.holds] })),
  }
}

/** How often its runs passed: repeats are not retries, so that is no flakiness of theirs. */
function insightsOf({ counts, runs, flaky, repeat }: CtrfTest): object {
  const counted = counts.passed + counts.failed
  if (repeat !== undefined || counted === 0) return {}
  const { lower, upper } = wilsonInterval(counts.passed, counted, 0.95)
  const extra = { 'callsheet.passed': counts.passed, 'callsheet.counted': counted, 'callsheet.lower': lower, 'callsheet.upper': upper }
  return {
    insights: { passRate: { current: counts.passed / counted }, executedInRuns: counted, extra },
    extra: { 'callsheet.runs': runs, ...(flaky > 0 && { 'callsheet.flaky': flaky }) },
  }
}
