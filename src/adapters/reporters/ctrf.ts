import { safeLine, shorten } from '../../domain/safe-text.js'
import type { Report } from '../../domain/report.js'
import { limitText } from '../../domain/limit.js'
import type { FinishedResult, ReportOptions, Reporter } from '../../ports/reporter.js'
import { statusCounts, worstOf } from '../../domain/case-status.js'
import { addToTest, beginTest, type CtrfTest, ctrfStatuses, type CtrfStatus, testOf } from './ctrf/test.js'
import { plannedRuns } from './planned-runs.js'

/** The version of CTRF. */
const specVersion = '0.0.0'

/**
 * CTRF (ctrf.io): one test per scenario x personality x test profile, with its repeats inside, or per run. The same statuses as in JUnit:
 * inconclusive runs are `other`. What CTRF has no field for is under `extra`, in keys that begin with `callsheet.`.
 */
export const ctrf: Reporter = async function* (result, how) {
  yield `${opened({
    reportFormat: 'CTRF',
    specVersion,
    runId: safeLine(result.started.context?.invocation ?? result.started.result),
    timestamp: result.report.endedAt,
    generatedBy: 'callsheet',
  })},\n  "results": ${indented(opened(resultsOf(result, how)))},\n    "tests": [`
  let separator = '\n'
  for await (const test of testsOf(result, how)) {
    yield `${separator}      ${JSON.stringify(testOf(test, result, how))}`
    separator = ',\n'
  }
  yield '\n    ]\n  }\n}\n'
}

/** CTRF for a run that has not finished: one test, of which nothing is known. @param because  In a sentence. */
export function unfinishedCtrf(
  { suite, callsheet, startedAt }: Readonly<Record<'suite' | 'callsheet' | 'startedAt', string>>,
  because: string,
): string {
  const at = Date.parse(startedAt)
  const report = {
    reportFormat: 'CTRF',
    specVersion,
    generatedBy: 'callsheet',
    results: {
      tool: { name: 'callsheet', version: callsheet },
      summary: { tests: 1, passed: 0, failed: 0, skipped: 0, pending: 0, other: 1, start: at, stop: at },
      environment: { healthy: false },
      tests: [{ name: `${safeLine(suite)}: did not finish`, status: 'other', duration: 0, message: because }],
    },
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

/** An indented object without its closing brace. */
function opened(head: object): string {
  return JSON.stringify(head, null, 2).slice(0, -2)
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ')
}

function resultsOf(result: FinishedResult, how: ReportOptions): object {
  const { started, report } = result
  const { suite, digests, plan } = started
  return {
    tool: { name: 'callsheet', version: started.callsheet },
    summary: { ...summaryOf(report, how), extra: { 'callsheet.gate': report.gate.verdict } },
    environment: environmentOf(result),
    extra: {
      'callsheet.result': started.result,
      'callsheet.suite': safeLine(suite.name),
      'callsheet.digests': digests,
      'callsheet.seed': plan.seed,
      'callsheet.gate': report.gate.lines.map(line => ({
        ...line,
        ...(line.because !== undefined && { because: shorten(safeLine(line.because), 500) }),
      })),
      'callsheet.limits': report.limits.map(limit => ({ code: limit.code, text: safeLine(limitText(limit)) })),
    },
  }
}

function summaryOf({ entries, totals, startedAt, endedAt }: Report, { junitPerRun }: ReportOptions): object {
  const counts: Record<CtrfStatus, number> = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 }
  for (const { totals: own } of entries.flatMap(entry => entry.cases)) {
    const runs = statusCounts(own)
    if (junitPerRun) for (const [status, name] of Object.entries(ctrfStatuses)) counts[name] += runs[status as keyof typeof runs]
    else counts[ctrfStatuses[worstOf(runs)]] += 1
  }
  const tests = Object.values(counts).reduce((all, each) => all + each, 0)
  const flaky = junitPerRun ? { flaky: totals.flaky } : {}
  return { tests, ...counts, ...flaky, suites: entries.length, start: Date.parse(startedAt), stop: Date.parse(endedAt) }
}

function environmentOf({ started, report }: FinishedResult): object {
  const { context = {}, options, plan } = started
  const { ci, vcs, machine, environment } = context
  const agents = [...new Map(plan.entries.map(({ agent }) => [agent.key, agent])).values()]
  const versions = agents.flatMap(({ identity }) => identity?.version ?? [])
  const { shard } = options as { readonly shard?: { readonly nth: number; readonly of: number } }
  const facts = {
    appName: agents.map(({ name }) => name).join(', '),
    appVersion: versions.length > 0 ? versions.join(', ') : undefined,
    buildId: ci?.run,
    buildUrl: ci?.url,
    repositoryUrl: vcs?.repository,
    commit: vcs?.commit,
    branchName: vcs?.branch,
    osPlatform: machine?.os,
    testEnvironment: environment,
    shardId: shard && `${shard.nth}/${shard.of}`,
  }
  const known = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, safeLine(value)] as const]))
  return { ...Object.fromEntries(known), healthy: report.gate.verdict === 'passed' }
}

/** Each test, in plan order. Only one is in memory at a time. */
async function* testsOf(result: FinishedResult, { junitPerRun }: ReportOptions): AsyncGenerator<CtrfTest> {
  let test: CtrfTest | undefined
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) {
      if (test && (junitPerRun || test.case !== planned.case)) {
        yield test
        test = undefined
      }
      test ??= beginTest(planned, junitPerRun)
      addToTest(test, planned)
    }
  }
  if (test) yield test
}
