import type { CassetteUsed, JudgeSummary, SuiteStarted } from '../../../domain/event.js'
import type { GateLine } from '../../../domain/report.js'
import { type CaseStatus, worstOf } from '../case-status.js'
import { wordCassette, wordJudge } from '../model-words.js'
import type { CaseFindings, ReportedRun } from './findings.js'
import { cdata, testCaseXml } from './xml.js'
import { safeLine, shorten } from '../safe-text.js'
import { seenText, type Shortfall, shortfallLine } from '../shortfall.js'

const longestMessage = 500
const longestReason = 4000

/**
 * One testcase as XML.
 *
 * @param title  The case's title, unique within its testsuite and folder.
 */
export function testCaseOf(findings: CaseFindings, title: string, { suite, plan, cassette }: SuiteStarted): string {
  const status = worstOf(findings.counts)
  const reported = findings.reported[status]
  return testCaseXml(testCase => {
    testCase
      .name(safeLine(findings.repeat === undefined ? title : `${title} #${findings.repeat}`))
      .className(classOf(suite.name, findings))
      .time(findings.durationMs / 1000)
      .standardOutput(cdata([...propertyLines(findings, plan.judge, cassette), ...transcriptsOf(findings, status)].join('\n')))
    if (status === 'not_run') testCase.skipped()
    if (status === 'failed') {
      testCase.failure(messageOf(findings, status), reported[0]?.outcome).stacktrace(cdata(reasonsOf(findings, reported)))
    }
    if (status === 'could_not_tell') testCase.error(messageOf(findings, status), reported[0]?.outcome, cdata(reasonsOf(findings, reported)))
  })
}

/** A rule of the gate that was not met or is inconclusive, as a testcase. */
export function gateCaseOf({ scope, rule, required, measured, because, verdict }: GateLine, { suite }: SuiteStarted): string {
  const found = shorten(safeLine(`${measured}, required ${required}`), longestMessage)
  const detail = cdata(because === undefined ? found : `${found}\n${because}`)
  return testCaseXml(testCase => {
    testCase
      .name(safeLine(`${scope} ${rule}`))
      .className(safeLine(`${suite.name.replaceAll('.', '_')}.Gate`))
      .time(0)
    if (verdict === 'could_not_tell') testCase.error(found, verdict, detail)
    else testCase.failure(found, verdict).stacktrace(detail)
  })
}

/** `Clinic scheduling.Smoke.Booking`: readers make folders of the parts, so dots inside a name become `_`. */
function classOf(suite: string, { entry, case: { scenario } }: CaseFindings): string {
  const names = [suite, entry.name].map(name => name.replaceAll('.', '_'))
  return safeLine([...names, ...(scenario.folder === undefined ? [] : [scenario.folder])].join('.'))
}

/** `2 of 3 failed: agent_says contains "cancelled": the agent said "Booked." (turn 2)` */
function messageOf({ counts, repeat, reported, case: planned }: CaseFindings, status: 'failed' | 'could_not_tell'): string {
  const first = reported[status][0]?.shortfalls[0]
  const because = first ? shortfallLine(first) : status
  const share = `${counts[status]} of ${planned.repeats} ${status === 'failed' ? 'failed' : 'inconclusive'}`
  return shorten(safeLine(repeat === undefined ? `${share}: ${because}` : because), longestMessage)
}

function reasonsOf({ case: { scenario } }: CaseFindings, reported: readonly ReportedRun[]): string {
  return [`${scenario.file}:${scenario.line}`, ...reported.flatMap(run => reasonLines(run, scenario.file))].join('\n')
}

function reasonLines({ run, outcome, shortfalls }: ReportedRun, file: string): string[] {
  return [`${run}: ${outcome}`, ...shortfalls.flatMap(shortfall => shortfallLines(shortfall, file))]
}

function shortfallLines(shortfall: Shortfall, file: string): string[] {
  const { what, turn, line } = shortfall
  const seen = seenText(shortfall)
  const place = [turn === undefined ? '' : `turn ${turn}`, line === undefined ? '' : `${file}:${line}`].filter(Boolean).join(', ')
  const lines = [`  ${what}${place === '' ? '' : ` (${place})`}`, ...(seen === '' ? [] : [`    ${seen}`])]
  return lines.map(text => shorten(safeLine(text), longestReason))
}

/** Facts about the case, in a form that many tools read as properties. */
function propertyLines(findings: CaseFindings, judge: JudgeSummary | undefined, cassette: CassetteUsed | undefined): string[] {
  const { entry, case: planned, counts, repeat, means, endings, flaky } = findings
  const { scenario, personality, testProfile } = planned
  const properties: [name: string, value: string | number | undefined][] = [
    ['run', repeat === undefined ? runKeys(planned.key, planned.repeats) : `${planned.key}#${repeat}`],
    ['agent', entry.agent.key],
    ['agent_version', entry.agent.version],
    ['scenario', scenario.key],
    ['scenario_id', scenario.id],
    ['file', scenario.file],
    ['line', scenario.line],
    ['personality', personality?.key],
    ['test_profile', testProfile?.key],
    ['pass_rate', `${counts.passed}/${repeat === undefined ? planned.repeats : 1}`],
    ['ended_reason', endings.size === 0 ? undefined : [...endings].join(', ')],
    ['judge', judge && wordJudge(judge)],
    ['models', cassette && wordCassette(cassette)],
    ['flaky', flaky === 0 ? undefined : flaky],
    ...[...means].map(([name, { sum, count }]): [string, number] => [`metric.${name}`, Number((sum / count).toFixed(3))]),
  ]
  return properties.flatMap(([name, value]) =>
    value === undefined ? [] : [`[[PROPERTY|${safeLine(name)}=${safeLine(String(value)).replaceAll(']]', '] ]')}]]`],
  )
}

function runKeys(key: string, repeats: number): string {
  return repeats === 1 ? `${key}#1` : `${key}#1 to #${repeats}`
}

/** Transcripts of the runs that decide the testcase's status; of a passed case, the first. */
function transcriptsOf({ reported, further }: CaseFindings, status: CaseStatus): string[] {
  const rest = further[status]
  const isNamed = rest.count > 0 && (status === 'failed' || status === 'could_not_tell')
  const unnamed = rest.count - rest.named.length
  const names = `${rest.named.map(repeat => `#${repeat}`).join(' ')}${unnamed > 0 ? ` and ${unnamed} more` : ''}`
  return [
    ...reported[status].flatMap(({ run, outcome, earlier, shortfalls, transcript }) => [
      '',
      `--- ${run}: ${outcome}`,
      ...earlier.map(line => shorten(safeLine(line), longestReason)),
      transcript === '' ? safeLine(shortfalls.map(shortfallLine).join('; ')) : transcript,
    ]),
    ...(isNamed ? ['', `--- Not shown, and no better: ${names}`] : []),
  ]
}
