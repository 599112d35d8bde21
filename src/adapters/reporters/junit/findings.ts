import type { MetricScore } from '../../../domain/verdict.js'
import type { CaseSummary, EntrySummary, RunEnded } from '../../../domain/event.js'
import { countsAgainstAgent, type OutcomeStatus } from '../../../domain/outcome.js'
import type { Transcript } from '../../../domain/transcript.js'
import type { JUnitOutput } from '../../../ports/reporter.js'
import { type CaseStatus, caseStatusOf, noRuns, type StatusCounts } from '../../../domain/case-status.js'
import type { PlannedRun } from '../planned-runs.js'
import { cutMiddle } from '../../../domain/safe-text.js'
import { type Shortfall, shortfallLine, shortfalls } from '../../../domain/shortfall.js'
import { dialogueLines } from '../dialogue-lines.js'
import { transcriptLines } from '../transcript-lines.js'

/** How many runs of a testcase to report in full, how many more to name, and the longest transcript. */
const mostReported = 10
const mostNamed = 100
const longestTranscript = 64 * 1024
const longestDialogue = 16 * 1024

/** A run that a testcase reports in full. */
export interface ReportedRun {
  readonly run: RunEnded['run']
  readonly repeat: number
  readonly outcome: OutcomeStatus
  readonly shortfalls: readonly Shortfall[]
  /** Earlier attempts, one per line. */
  readonly earlier: readonly string[]
  /** With the SIP messages of a telephone call that did not pass. */
  readonly transcript: string
  /** Path of the recording of its call, in the folder of the result; absent if there is none in it. */
  readonly recording?: string
}

/** An attempt that failed, of a run that passed. */
export interface FlakyFailure {
  readonly type: string
  /** In others' words. */
  readonly message: string
}

/** What the runs of one testcase amount to. It stays small however many there are. */
export interface CaseFindings {
  readonly entry: EntrySummary
  readonly case: CaseSummary
  /** Only if each run is its own testcase. */
  readonly repeat?: number
  readonly counts: StatusCounts
  durationMs: number
  flaky: number
  /** The attempts that failed before a run passed, of the first such runs. */
  readonly flakyFailures: FlakyFailure[]
  readonly means: Map<string, { sum: number; count: number }>
  readonly endings: Set<string>
  readonly reported: Record<CaseStatus, ReportedRun[]>
  /** Repeats that are not reported in full: the first hundred, and their number. */
  readonly further: Record<CaseStatus, { named: number[]; count: number }>
}

export function findingsOf(first: PlannedRun, perRun: boolean): CaseFindings {
  return {
    entry: first.entry,
    case: first.case,
    ...(perRun && { repeat: first.repeat }),
    counts: noRuns(),
    durationMs: 0,
    flaky: 0,
    flakyFailures: [],
    means: new Map(),
    endings: new Set(),
    reported: { passed: [], failed: [], could_not_tell: [], not_run: [] },
    further: { passed: nobody(), failed: nobody(), could_not_tell: nobody(), not_run: nobody() },
  }
}

function nobody(): { named: number[]; count: number } {
  return { named: [], count: 0 }
}

/** Adds one run. Of passed runs, only the first is reported in full. @param output  Whose transcripts to keep. */
export function addRun(findings: CaseFindings, { run, repeat }: PlannedRun, output: JUnitOutput): void {
  const { outcome } = run
  const status = caseStatusOf(outcome.status)
  findings.counts[status] += 1
  findings.durationMs += run.durationMs
  if (run.flaky) addFlaky(findings, run)
  if ('transcript' in outcome) findings.endings.add(outcome.transcript.ending.reason)
  if ('verdict' in outcome) addMetrics(findings, outcome.verdict.metrics)

  const reported = findings.reported[status]
  const further = findings.further[status]
  if (reported.length < (status === 'failed' || status === 'could_not_tell' ? mostReported : 1)) {
    const hasTranscript = output === 'all' || (output === 'failed' && status !== 'passed')
    reported.push(reportRun(run, repeat, hasTranscript ? findings.entry.agent : undefined))
  } else {
    further.count += 1
    if (further.named.length < mostNamed) further.named.push(repeat)
  }
}

function addFlaky(findings: CaseFindings, { run, earlier }: RunEnded): void {
  findings.flaky += 1
  if (findings.flakyFailures.length >= mostReported) return
  const failed = earlier.filter(({ outcome }) => countsAgainstAgent(outcome.status))
  for (const { outcome } of failed) {
    const because = shortfalls(outcome).map(shortfallLine).join('; ')
    findings.flakyFailures.push({ type: outcome.status, message: `${run}: ${because}` })
  }
}

function addMetrics({ means }: CaseFindings, metrics: readonly MetricScore[]): void {
  for (const { metric, value, isRate } of metrics) {
    // The share of one run says nothing, nor does the mean of such shares.
    if (isRate) continue
    if (typeof value !== 'number' && typeof value !== 'boolean') continue
    const mean = means.get(metric) ?? { sum: 0, count: 0 }
    mean.sum += Number(value)
    mean.count += 1
    means.set(metric, mean)
  }
}

/** @param agent  The agent that was called, if the transcript is to be reported. */
function reportRun({ run, outcome, earlier }: RunEnded, repeat: number, agent: EntrySummary['agent'] | undefined): ReportedRun {
  const recording = 'transcript' in outcome ? outcome.transcript.sound?.recording?.path : undefined
  return {
    run,
    repeat,
    outcome: outcome.status,
    // A journal can be edited, and this leads to a file.
    ...(recording !== undefined && /^recordings\/\w[\w.-]*$/.test(recording) && { recording }),
    shortfalls: shortfalls(outcome),
    earlier: earlier.map(
      (attempt, i) =>
        `attempt ${i + 1}: ${attempt.outcome.status}: ${shortfalls(attempt.outcome)
          .map(({ what }) => what)
          .join('; ')}`,
    ),
    transcript: agent && 'transcript' in outcome ? transcriptText(outcome.transcript, agent, outcome.status !== 'passed') : '',
  }
}

function transcriptText(transcript: Transcript, agent: EntrySummary['agent'], isTrouble: boolean): string {
  const text = transcriptLines(transcript, agent)
    .map(line => line.text)
    .join('\n')
  const dialogue = isTrouble ? dialogueLines(transcript, longestDialogue) : []
  return [cutMiddle(text, longestTranscript), ...(dialogue.length > 0 ? ['', ...dialogue] : [])].join('\n')
}
