import type { RunEnded } from '../../../domain/event.js'
import type { NotRunReason } from '../../../domain/outcome.js'
import type { Cause } from '../../../domain/report.js'
import type { FinishedResult } from '../../../ports/reporter.js'
import { caseStatusOf, marks } from '../../../domain/case-status.js'
import { count } from '../../../domain/count.js'
import { failedRunText } from './failed-run.js'
import type { Look } from '../look.js'
import { type PlannedRun, plannedRuns } from '../planned-runs.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { notRunReasons, shortfallLine, shortfalls } from '../../../domain/shortfall.js'
import { wrapText } from '../wrapped-text.js'

/** How many causes to show in full, and how many flaky runs to name. */
const mostShown = 10
const mostFlaky = 10

/** What a reader must look at. It stays small however many runs there are. */
export interface Trouble {
  /** The examples of causes, by their index. */
  readonly examples: ReadonlyMap<number, PlannedRun>
  readonly notRun: ReadonlyMap<NotRunReason, number>
  readonly flaky: readonly string[]
  readonly flakyCount: number
}

export async function collectTrouble(result: FinishedResult): Promise<Trouble> {
  const wanted = new Set(failuresOf(result).map(({ example }) => example.index))
  const examples = new Map<number, PlannedRun>()
  const notRun = new Map<NotRunReason, number>()
  const flaky: string[] = []
  let flakyCount = 0
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) {
      const { outcome, run } = planned.run
      if (wanted.has(planned.run.index)) examples.set(planned.run.index, planned)
      if (outcome.status === 'not_run') notRun.set(outcome.reason, (notRun.get(outcome.reason) ?? 0) + 1)
      if (!planned.run.flaky) continue
      flakyCount += 1
      if (flaky.length < mostFlaky) flaky.push(`${run}: ${firstTry(planned.run)}`)
    }
  }
  return { examples, notRun, flaky, flakyCount }
}

/** The causes that count against the agent, as many as are shown. */
function failuresOf({ report }: FinishedResult): Cause[] {
  return (report.causes ?? []).filter(({ kind }) => caseStatusOf(kind) === 'failed').slice(0, mostShown)
}

/** Why a run did not pass on its first attempt. */
function firstTry({ earlier }: RunEnded): string {
  const [first] = earlier
  if (!first) return ''
  const because = shortfalls(first.outcome).map(shortfallLine).join('; ')
  return `at first ${first.outcome.status}: ${because}`
}

/** Sections for failed, inconclusive, skipped and flaky runs. Empty ones are left out. */
export function* troubleSections(trouble: Trouble, result: FinishedResult, look: Look): Generator<string> {
  yield* failedSection(trouble, result, look)
  yield section('Inconclusive', inconclusiveLines(result), look)
  yield section('Not run', notRunLines(trouble), look)
  yield section('Flaky: passed only after a retry', flakyLines(trouble), look)
}

/** Each cause with one example. */
function* failedSection({ examples }: Trouble, result: FinishedResult, look: Look): Generator<string> {
  const shown = failuresOf(result)
  if (shown.length === 0) return
  yield `\n${look.bold('Failed')}\n`
  const seen = new Set<number>()
  for (const cause of shown) {
    const { example, runs } = cause
    const planned = seen.has(example.index) ? undefined : examples.get(example.index)
    // The example of another cause lists all that it missed.
    if (!planned && runs === 1) continue
    seen.add(example.index)
    const head = runs === 1 ? '' : `${causeHead(cause, look)}\n`
    yield planned ? `\n${head}${failedRunText(planned, look)}\n` : `\n${head}  as in ${safeLine(example.run)}, above\n`
  }
  const all = (result.report.causes ?? []).filter(({ kind }) => caseStatusOf(kind) === 'failed').length + (result.report.otherCauses ?? 0)
  const more = all - shown.length
  if (more > 0) yield `\n  and ${count(more, 'more cause')}: callsheet report ${safeLine(result.place)} --json report.json\n`
}

/** `8 runs of 3 cases, must pass: not agent says matches /booked/` */
function causeHead({ runs, cases, mustPass, check }: Cause, look: Look): string {
  const many = `${runs} runs of ${count(cases, 'case')}${mustPass ? ', must pass' : ''}`
  return look.bold(wrapText(`${many}: ${safeLine(check)}`, look.width, '  '))
}

function inconclusiveLines({ report: { causes = [] } }: FinishedResult): string[] {
  return causes
    .filter(({ kind }) => caseStatusOf(kind) === 'could_not_tell')
    .flatMap(({ kind, check, runs, example }) => {
      const others = runs > 1 ? ` and ${count(runs - 1, 'other')}` : ''
      const because = shortfallLine({ what: check, ...example })
      return [`  ${marks.could_not_tell} ${runs} x ${kind}: ${shorten(safeLine(because), 500)}`, `      ${safeLine(example.run)}${others}`]
    })
}

function notRunLines({ notRun }: Trouble): string[] {
  return [...notRun].map(([reason, runs]) => `  ${marks.not_run} ${count(runs, 'run')}: ${notRunReasons[reason]}`)
}

function flakyLines({ flaky, flakyCount }: Trouble): string[] {
  const more = flakyCount - flaky.length
  return [...flaky.map(run => `    ${shorten(safeLine(run), 500)}`), ...(more > 0 ? [`    and ${count(more, 'more')}`] : [])]
}

function section(title: string, lines: readonly string[], look: Look): string {
  return lines.length === 0 ? '' : `\n${look.bold(title)}\n${lines.map(line => wrapText(line, look.width, '      ')).join('\n')}\n`
}
