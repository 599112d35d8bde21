import type { RunEnded } from '../../../domain/event.js'
import type { NotRunReason } from '../../../domain/outcome.js'
import type { Verdict } from '../../../domain/verdict.js'
import type { FinishedResult } from '../../../ports/reporter.js'
import { caseStatusOf } from '../case-status.js'
import { count } from '../../../domain/count.js'
import { marks } from '../marks.js'
import { failedRunText } from './failed-run.js'
import type { Paint } from '../paint.js'
import { type PlannedRun, plannedRuns } from '../planned-runs.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { notRunReasons, shortfallLine, shortfalls } from '../shortfall.js'
import { wrapText } from '../wrapped-text.js'

/** How many failed runs to show in full, how many causes to tell apart, and how many runs to name. */
const mostShown = 10
const mostCauses = 20
const mostNamed = 3
const mostFlaky = 10

/** What a reader must look at. It stays small however many runs there are. */
export interface Trouble {
  readonly failed: PlannedRun[]
  failedCount: number
  /** The causes of inconclusive runs in order of appearance, each with its number of runs. */
  readonly causes: Map<string, { status: string; count: number; named: string[] }>
  otherCauses: number
  readonly notRun: Map<NotRunReason, number>
  /** Answers the judge voted on, and those on which the votes disagreed. */
  readonly voted: { answers: number; disagreed: number }
  readonly flaky: string[]
  flakyCount: number
}

export async function collectTrouble(result: FinishedResult): Promise<Trouble> {
  const trouble: Trouble = {
    failed: [],
    failedCount: 0,
    causes: new Map(),
    otherCauses: 0,
    notRun: new Map(),
    voted: { answers: 0, disagreed: 0 },
    flaky: [],
    flakyCount: 0,
  }
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) addRun(trouble, planned)
  }
  return trouble
}

function addRun(trouble: Trouble, planned: PlannedRun): void {
  const { outcome, run, flaky } = planned.run
  if (flaky) {
    trouble.flakyCount += 1
    if (trouble.flaky.length < mostFlaky) trouble.flaky.push(`${run}: ${firstTry(planned.run)}`)
  }
  if ('verdict' in outcome) countVotes(trouble.voted, outcome.verdict)
  if (outcome.status === 'not_run') {
    trouble.notRun.set(outcome.reason, (trouble.notRun.get(outcome.reason) ?? 0) + 1)
  } else if (caseStatusOf(outcome.status) === 'failed') {
    trouble.failedCount += 1
    if (trouble.failed.length < mostShown) trouble.failed.push(planned)
  } else if (outcome.status !== 'passed') {
    addCause(trouble, outcome.status, shortfalls(outcome).map(shortfallLine).join('; '), run)
  }
}

function countVotes(voted: Trouble['voted'], { outcome, metrics }: Verdict): void {
  const onClaims = (outcome?.claims ?? []).flatMap(({ votes }) => (votes ? [Object.values(votes).filter(times => times > 0).length] : []))
  const onMetrics = metrics.flatMap(({ votes }) => (votes ? [new Set(votes).size] : []))
  for (const answers of [...onClaims, ...onMetrics]) {
    voted.answers += 1
    if (answers > 1) voted.disagreed += 1
  }
}

/** Why a run did not pass on its first attempt. */
function firstTry({ earlier }: RunEnded): string {
  const [first] = earlier
  if (!first) return ''
  const because = shortfalls(first.outcome).map(shortfallLine).join('; ')
  return `at first ${first.outcome.status}: ${because}`
}

function addCause(trouble: Trouble, status: string, because: string, run: string): void {
  const key = `${status}\n${because}`
  const cause = trouble.causes.get(key)
  if (cause) {
    cause.count += 1
    if (cause.named.length < mostNamed) cause.named.push(run)
  } else if (trouble.causes.size < mostCauses) {
    trouble.causes.set(key, { status, count: 1, named: [run] })
  } else {
    trouble.otherCauses += 1
  }
}

/** Sections for failed, inconclusive, skipped and flaky runs. Empty ones are left out. */
export function* troubleSections(trouble: Trouble, { place }: FinishedResult, paint: Paint): Generator<string> {
  yield* failedSection(trouble, place, paint)
  yield section('Inconclusive', inconclusiveLines(trouble), paint)
  yield section('Not run', notRunLines(trouble), paint)
  yield section('Flaky: passed only after a retry', flakyLines(trouble), paint)
}

function* failedSection({ failed, failedCount }: Trouble, place: string, paint: Paint): Generator<string> {
  if (failedCount === 0) return
  yield `\n${paint.bold('Failed')}\n`
  for (const planned of failed) yield `\n${failedRunText(planned, paint)}\n`
  const more = failedCount - failed.length
  if (more > 0) yield `\n  and ${count(more, 'more failed run')}: callsheet report ${safeLine(place)} --json report.json\n`
}

function inconclusiveLines({ causes, otherCauses }: Trouble): string[] {
  const lines = [...causes.entries()].flatMap(([key, { status, count: runs, named }]) => {
    const because = key.slice(status.length + 1)
    const others = runs - named.length
    return [
      `  ${marks.could_not_tell} ${runs} x ${status}: ${shorten(safeLine(because), 500)}`,
      `      ${named.map(safeLine).join(', ')}${others > 0 ? ` and ${count(others, 'other')}` : ''}`,
    ]
  })
  return otherCauses > 0 ? [...lines, `    and ${count(otherCauses, 'run')} for other reasons`] : lines
}

function notRunLines({ notRun }: Trouble): string[] {
  return [...notRun].map(([reason, runs]) => `  ${marks.not_run} ${count(runs, 'run')}: ${notRunReasons[reason]}`)
}

function flakyLines({ flaky, flakyCount }: Trouble): string[] {
  const more = flakyCount - flaky.length
  return [...flaky.map(run => `    ${shorten(safeLine(run), 500)}`), ...(more > 0 ? [`    and ${count(more, 'more')}`] : [])]
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return lines.length === 0 ? '' : `\n${paint.bold(title)}\n${lines.map(line => wrapText(line, 80, '      ')).join('\n')}\n`
}
