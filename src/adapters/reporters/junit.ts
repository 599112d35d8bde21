import type { CaseSummary, EntrySummary } from '../../domain/event.js'
import type { CaseKey } from '../../domain/ids.js'
import type { Cause, EntryReport, GateLine, Report } from '../../domain/report.js'
import { waivedText } from '../../domain/waived-text.js'
import { isAtHead, limitText } from '../../domain/limit.js'
import type { FinishedResult, ReportOptions, Reporter } from '../../ports/reporter.js'
import { type CaseStatus, statusCounts, worstOf } from '../../domain/case-status.js'
import { createBudget, mostMegabytes } from './junit/budget.js'
import { addRun, type CaseFindings, findingsOf } from './junit/findings.js'
import { contextProperties, identityProperties } from './junit/identity.js'
import { gateCaseOf, longestName, testCaseOf, type TestCaseStyle } from './junit/testcase.js'
import { openSuite, openSuites, type SuiteCounts, xmlDeclaration } from './junit/xml.js'
import { titleOf } from '../../domain/case-title.js'
import { plannedRuns } from './planned-runs.js'
import { count } from '../../domain/count.js'
import { shorten } from '../../domain/safe-text.js'

/**
 * JUnit XML: one testsuite per run entry, and one testcase per scenario x personality x test profile with its repeats
 * inside, or per run.
 *
 * - A testcase has failed (`<failure>`) if any of its runs failed or ended in agent_error, even if the suite's
 *   thresholds allow it: only the gate and the exit code decide about the release. `junitFollowsGate` makes it `<skipped>`
 *   if the gate passed, because many readers are red at any failure.
 * - Otherwise it is an `<error>` if any run is inconclusive, and `<skipped>`, with the reason, if no run ran.
 * - All times are sums of the durations of runs, also of `testsuites`.
 * - The XML is valid against the schema of Jenkins' xunit plugin, which has no `file`, `line` or properties on a testcase.
 *   They are `[[PROPERTY|name=value]]` lines at the end of `system-out`, which many tools read, and a failure's text begins
 *   with its place. The extended dialect has them where other readers look, and a pass after a failed attempt as
 *   `<flakyFailure>`.
 * - The file stays under 30 MB, which is the most that GitLab reads: details are left out where there is no room,
 *   never a testcase.
 * - If the gate did not pass although no testcase is red (a bound on a metric, or too few runs to be sure), a testsuite
 *   "Gate" lists its rules, so that this file is never green by itself. It always lists that a journal contradicts itself.
 * - Names are unique within a testsuite and class, because GitLab drops testcases with repeated names.
 */
export const junit: Reporter = async function* (result, how) {
  const { started, report } = result
  const style = styleOf(result, how)
  const runs = countsOf(report.entries, how, style)
  const budget = createBudget(runs.tests)
  const isRed = runs.failures + runs.errors > 0
  const gate = report.gate.lines.filter(({ rule, verdict }) => verdict !== 'met' && (!isRed || rule === 'recount'))
  const all = sumOf(runs, gateCounts(gate))
  yield `${xmlDeclaration}${openSuites(started.suite.name, all)}`
  let open: EntrySummary | undefined
  let titles = new Map<CaseKey, string>()
  for await (const findings of testCases(result, how)) {
    if (findings.entry !== open) {
      if (open) yield '  </testsuite>\n'
      open = findings.entry
      titles = uniqueTitles(open)
      yield suiteTag(result, open, how, style)
    }
    const title = titles.get(findings.case.key) ?? shortTitle(findings.case)
    yield `${budget.firstThatFits(testCaseOf(findings, title, result, style))}\n`
  }
  if (open) yield '  </testsuite>\n'
  if (gate.length > 0) {
    yield openSuite({ name: 'Gate', file: started.suite.file }, gateCounts(gate), report.startedAt, [['gate', report.gate.verdict]])
    for (const line of gate) yield `${gateCaseOf(line, started)}\n`
    yield '  </testsuite>\n'
  }
  yield '</testsuites>\n'
}

/** Nothing is hidden unless the exit code is 0: a gate that passed although the run was interrupted does not count. */
function styleOf({ report: { gate, stopped } }: FinishedResult, how: ReportOptions): TestCaseStyle {
  const { junitFollowsGate = false } = how
  return { ...how, allowed: junitFollowsGate && gate.verdict === 'passed' && stopped !== 'cancelled' && stopped !== 'crashed' }
}

function gateCounts(lines: readonly GateLine[]): SuiteCounts {
  const failures = lines.filter(({ verdict }) => verdict === 'not_met').length
  return { tests: lines.length, failures, errors: lines.length - failures, skipped: 0, timeS: 0 }
}

function sumOf(a: SuiteCounts, b: SuiteCounts): SuiteCounts {
  return {
    tests: a.tests + b.tests,
    failures: a.failures + b.failures,
    errors: a.errors + b.errors,
    skipped: a.skipped + b.skipped,
    timeS: a.timeS + b.timeS,
  }
}

/** The findings of each testcase, in plan order. Only one is in memory at a time. */
async function* testCases(result: FinishedResult, { junitPerRun, junitOutput = 'failed' }: ReportOptions): AsyncGenerator<CaseFindings> {
  let findings: CaseFindings | undefined
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) {
      if (findings && (junitPerRun || findings.case !== planned.case)) {
        yield findings
        findings = undefined
      }
      findings ??= findingsOf(planned, junitPerRun)
      addRun(findings, planned, junitOutput)
    }
  }
  if (findings) yield findings
}

function suiteTag({ started, report }: FinishedResult, entry: EntrySummary, how: ReportOptions, style: TestCaseStyle): string {
  const own = report.entries.filter(({ index }) => index === entry.index)
  const totals = own[0]?.totals
  const excepted = waivedText(report.waived)
  return openSuite({ name: entry.name, file: fileOf(entry, started.suite.file) }, countsOf(own, how, style), report.startedAt, [
    ['result', started.result],
    ['callsheet', started.callsheet],
    ['seed', String(started.plan.seed)],
    ['agent', entry.agent.key],
    ...identityProperties(entry.agent),
    ...contextProperties(started),
    ['channel', entry.agent.channel],
    ['gate', report.gate.verdict],
    ...(excepted === undefined ? [] : [['gate_with_waivers', excepted] as const]),
    ['time', `sum of the durations of its runs, some of which overlap; the whole result took ${report.durationMs / 1000} s`],
    ...report.limits.filter(isAtHead).map(limit => [`limit.${limit.code.toLowerCase()}`, limitText(limit)] as const),
    ...causesOf(report, entry),
    ['transcripts', `${transcriptsKept[how.junitOutput ?? 'failed']}; this file is kept under ${mostMegabytes} MB`],
    ...(totals ? [['pass_rate', `${totals.passed}/${totals.runs}`] as const] : []),
    ...(own[0]?.metrics ?? []).flatMap(({ metric, mean }) => (mean === undefined ? [] : [[`metric.${metric}`, String(mean)] as const])),
  ])
}

/** The causes of failures whose example is in an entry, most important first. */
function causesOf({ causes = [] }: Report, { cases }: EntrySummary): (readonly [string, string])[] {
  const isOwn = ({ example: { index } }: Cause): boolean =>
    cases.some(({ firstRun, repeats }) => index >= firstRun && index < firstRun + repeats)
  return causes
    .filter(isOwn)
    .slice(0, mostCauses)
    .map(({ runs, check }, i) => [`cause.${i + 1}`, `${count(runs, 'run')}: ${shorten(check, longestName)}`] as const)
}

const mostCauses = 10

const transcriptsKept = { failed: 'of what did not pass', all: 'of all testcases', none: 'of none' } as const

/** The file of all scenarios of an entry, or that of the suite if they are in several. */
function fileOf({ cases }: EntrySummary, suite: string): string {
  const files = new Set(cases.map(({ scenario }) => scenario.file))
  const [only] = files
  return files.size === 1 && only !== undefined ? only : suite
}

function countsOf(entries: readonly EntryReport[], { junitPerRun }: ReportOptions, { allowed }: TestCaseStyle): SuiteCounts {
  const counts = { tests: 0, failures: 0, errors: 0, skipped: 0, timeS: 0 }
  for (const { totals, durationMs } of entries.flatMap(entry => entry.cases)) {
    const runs = statusCounts(totals)
    const status = worstOf(runs)
    const countOf = (of: CaseStatus) => (junitPerRun ? runs[of] : Number(status === of))
    counts.tests += junitPerRun ? totals.runs : 1
    const [failures, errors] = [countOf('failed'), countOf('could_not_tell')]
    counts.failures += allowed ? 0 : failures
    counts.errors += allowed ? 0 : errors
    counts.skipped += countOf('not_run') + (allowed ? failures + errors : 0)
    counts.timeS += durationMs / 1000
  }
  return { ...counts, timeS: Number(counts.timeS.toFixed(3)) }
}

/** Titles of an entry's cases. If two in one folder have the same title, their keys tell them apart. */
function uniqueTitles(entry: EntrySummary): Map<CaseKey, string> {
  const seen = new Map<string, number>()
  for (const planned of entry.cases) {
    const name = fullName(planned)
    seen.set(name, (seen.get(name) ?? 0) + 1)
  }
  return new Map(
    entry.cases.map(planned => {
      const isUnique = seen.get(fullName(planned)) === 1
      return [planned.key, isUnique ? shortTitle(planned) : `${shortTitle(planned)} (${planned.key})`]
    }),
  )
}

function fullName(planned: CaseSummary): string {
  return `${planned.scenario.folder ?? ''}\n${shortTitle(planned)}`
}

function shortTitle(planned: CaseSummary): string {
  return shorten(titleOf(planned), longestName)
}
