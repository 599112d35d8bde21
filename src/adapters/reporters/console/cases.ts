import type { EntrySummary } from '../../../domain/event.js'
import { identityText } from '../../../domain/identity.js'
import type { CaseReport, EntryReport } from '../../../domain/report.js'
import type { FinishedResult } from '../../../ports/reporter.js'
import { type CaseStatus, statusCounts, worstOf } from '../case-status.js'
import { count } from '../../../domain/count.js'
import { isAtHead, limitText } from '../../../domain/limit.js'
import { wrapText } from '../wrapped-text.js'
import { durationText } from '../duration.js'
import { colourOf, marks } from '../marks.js'
import type { Paint } from '../paint.js'
import { titleOf } from '../planned-runs.js'
import { safeLine } from '../../../domain/safe-text.js'

/** An entry with more cases shows only those that did not pass, and at most this many. */
const mostCases = 50
const lineWidth = 80

/** Every run entry, with one line per case. */
export function* casesSection({ started, report }: FinishedResult, paint: Paint): Generator<string> {
  const { suite, result, plan, rescoredFrom } = started
  const origin = rescoredFrom === undefined ? `seed ${plan.seed}` : `rescored from ${safeLine(rescoredFrom)}`
  yield `${paint.bold(safeLine(suite.name))}  ${paint.dim(`${result}, ${origin}`)}\n`
  for (const limit of report.limits.filter(isAtHead))
    yield `${paint.yellow(wrapText(`  ${marks.could_not_tell} ${safeLine(limitText(limit))}`, lineWidth, '    '))}\n`
  for (const entry of plan.entries) {
    const own = report.entries.find(({ index }) => index === entry.index)
    if (own) yield entrySection(entry, own, paint)
  }
}

function entrySection(entry: EntrySummary, report: EntryReport, paint: Paint): string {
  const { key, identity, channel } = entry.agent
  const agent = safeLine(`${identityText(key, identity)} over ${channel}`)
  const head = `\n${paint.bold(safeLine(entry.name))}  ${paint.dim(agent)}`
  const saved = report.saved > 0 ? [paint.dim(`    ${count(report.saved, 'run')} skipped: already decided`)] : []
  return `${[head, ...caseLines(entry, report.cases, paint), ...saved].join('\n')}\n`
}

function caseLines(entry: EntrySummary, cases: readonly CaseReport[], paint: Paint): string[] {
  const lines = cases.map((report, i) => ({ report, planned: entry.cases[i], status: worstOf(statusCounts(report.totals)) }))
  const isShort = lines.length <= mostCases
  const shown = isShort ? lines : lines.filter(({ status }) => status !== 'passed')
  const passed = lines.length - shown.length
  const hidden = shown.length - mostCases
  return [
    ...(isShort ? [] : [`  ${paint.green(marks.passed)} ${count(passed, 'case')} passed every time`]),
    ...shown
      .slice(0, mostCases)
      .map(({ report, planned, status }) => caseLine(planned ? titleOf(planned) : report.key, report, status, paint)),
    ...(hidden > 0 ? [paint.dim(`    and ${count(hidden, 'more case')} that did not pass`)] : []),
  ]
}

/** `  ✓ 3/3  Caller cancels an appointment [Calm, Maria Lopez]      1.2 s` */
function caseLine(title: string, { totals, durationMs, saved, decision }: CaseReport, status: CaseStatus, paint: Paint): string {
  const flaky = totals.flaky > 0 ? '  flaky' : ''
  // A case that runs until it is decided does not need all its runs.
  const share = `${totals.passed}/${totals.runs - (decision ? saved : 0)}`
  const undecided = decision?.verdict === 'undecided' ? '  undecided' : ''
  const text = `  ${marks[status]} ${share}  ${safeLine(title)}${flaky}${undecided}`
  const time = durationText(durationMs)
  const padded = `${text.padEnd(lineWidth - time.length - 2)}  ${time}`
  return status === 'passed' ? padded.replace(marks.passed, paint.green) : colourOf(status, paint)(padded)
}
