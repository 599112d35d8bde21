import type { EntrySummary } from '../../../domain/event.js'
import { identityText } from '../../../domain/identity.js'
import type { CaseReport, EntryReport } from '../../../domain/report.js'
import type { FinishedResult } from '../../../ports/reporter.js'
import { type CaseStatus, statusCounts, worstOf, marks } from '../../../domain/case-status.js'
import { count } from '../../../domain/count.js'
import { isAtHead, limitText } from '../../../domain/limit.js'
import { wrapText } from '../wrapped-text.js'
import { durationText } from '../../../domain/duration.js'
import { colourOf } from '../status-colour.js'
import type { Look } from '../look.js'
import { titleOf } from '../../../domain/case-title.js'
import { safeLine } from '../../../domain/safe-text.js'

/** An entry with more cases shows only those that did not pass, and at most this many. */
const mostCases = 50

/** Every run entry, with one line per case. */
export function* casesSection({ started, report }: FinishedResult, look: Look): Generator<string> {
  const { suite, result, plan, rescoredFrom } = started
  const origin = rescoredFrom === undefined ? `seed ${plan.seed}` : `rescored from ${safeLine(rescoredFrom)}`
  yield `${look.bold(safeLine(suite.name))}  ${look.dim(`${result}, ${origin}`)}\n`
  for (const limit of report.limits.filter(isAtHead))
    yield `${look.yellow(wrapText(`  ${marks.could_not_tell} ${safeLine(limitText(limit))}`, look.width, '    '))}\n`
  for (const entry of plan.entries) {
    const own = report.entries.find(({ index }) => index === entry.index)
    if (own) yield entrySection(entry, own, look)
  }
}

function entrySection(entry: EntrySummary, report: EntryReport, look: Look): string {
  const { key, identity, channel } = entry.agent
  const agent = safeLine(`${identityText(key, identity)} over ${channel}`)
  const head = `\n${look.bold(safeLine(entry.name))}  ${look.dim(agent)}`
  const saved = report.saved > 0 ? [look.dim(`    ${count(report.saved, 'run')} skipped: already decided`)] : []
  return `${[head, ...caseLines(entry, report.cases, look), ...saved].join('\n')}\n`
}

function caseLines(entry: EntrySummary, cases: readonly CaseReport[], look: Look): string[] {
  const lines = cases.map((report, i) => ({ report, planned: entry.cases[i], status: worstOf(statusCounts(report.totals)) }))
  const isShort = lines.length <= mostCases
  const shown = isShort ? lines : lines.filter(({ status }) => status !== 'passed')
  const passed = lines.length - shown.length
  const hidden = shown.length - mostCases
  return [
    ...(isShort ? [] : [`  ${look.green(marks.passed)} ${count(passed, 'case')} passed every time`]),
    ...shown
      .slice(0, mostCases)
      .map(({ report, planned, status }) => caseLine(planned ? titleOf(planned) : report.key, report, status, look)),
    ...(hidden > 0 ? [look.dim(`    and ${count(hidden, 'more case')} that did not pass`)] : []),
  ]
}

/** `  ✓ 3/3  Caller cancels an appointment [Calm, Maria Lopez]      1.2 s` */
function caseLine(title: string, { totals, durationMs, saved, decision }: CaseReport, status: CaseStatus, look: Look): string {
  const flaky = totals.flaky > 0 ? '  flaky' : ''
  // A case that runs until it is decided does not need all its runs.
  const share = `${totals.passed}/${totals.runs - (decision ? saved : 0)}`
  const undecided = decision?.verdict === 'undecided' ? '  undecided' : ''
  const text = `  ${marks[status]} ${share}  ${safeLine(title)}${flaky}${undecided}`
  const time = durationText(durationMs)
  const padded = `${text.padEnd(look.width - time.length - 2)}  ${time}`
  return status === 'passed' ? padded.replace(marks.passed, look.green) : colourOf(status, look)(padded)
}
