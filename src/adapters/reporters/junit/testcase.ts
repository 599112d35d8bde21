import type { SuiteStarted } from '../../../domain/event.js'
import type { GateLine } from '../../../domain/report.js'
import type { FinishedResult, ReportOptions } from '../../../ports/reporter.js'
import { worstOf } from '../../../domain/case-status.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { shortfallLine } from '../../../domain/shortfall.js'
import { mostMegabytes } from './budget.js'
import { placeOf, reasonsOf, transcriptsOf } from './details.js'
import type { CaseFindings } from './findings.js'
import { attachmentLine, propertiesOf, propertyLine } from './properties.js'
import { type Additions, cdata, ownCdata, testCaseXml } from './xml.js'

const longestMessage = 500
export const longestName = 300

/** How testcases are written: the same for all of a file. */
export interface TestCaseStyle extends Pick<ReportOptions, 'junitDialect' | 'junitOutput'> {
  /** The gate passed: what did not pass is allowed, so it is skipped. */
  readonly allowed: boolean
}

type TestedResult = Pick<FinishedResult, 'started' | 'place'>

/**
 * One testcase as XML, with ever fewer details: whole, without transcripts, and with no more than its name and its message.
 *
 * @param title  The case's title, unique within its testsuite and folder.
 */
export function testCaseOf(findings: CaseFindings, title: string, result: TestedResult, style: TestCaseStyle): (() => string)[] {
  return (['all', 'reasons', 'message'] as const).map(details => () => oneTestCase(findings, title, result, { ...style, details }))
}

function oneTestCase(
  findings: CaseFindings,
  title: string,
  { started, place }: TestedResult,
  { junitDialect, junitOutput = 'failed', allowed, details }: TestCaseStyle & { readonly details: 'all' | 'reasons' | 'message' },
): string {
  const status = worstOf(findings.counts)
  const { scenario } = findings.case
  const isExtended = junitDialect === 'extended'
  const isTrouble = status === 'failed' || status === 'could_not_tell'
  const reported = findings.reported[status]
  const reasons = details === 'message' ? `${placeOf(scenario)}\n${leftOut('Everything else')}` : reasonsOf(findings, reported)
  const transcripts = transcriptsOf(findings, status, junitOutput)
  const properties = propertiesOf(findings, started)
  const output = [
    ...(isTrouble && allowed ? [reasons] : []),
    ...(details === 'all' || transcripts.length === 0 ? transcripts : ['', leftOut('Transcripts')]),
  ]
  return testCaseXml((testCase): Additions => {
    testCase
      .name(nameOf(findings, title))
      .className(classOf(started.suite.name, findings))
      .time(findings.durationMs / 1000)
    if (isExtended) testCase.file(safeLine(scenario.file))
    if (details !== 'message') {
      if (isExtended) for (const [name, value] of properties) testCase.property(safeLine(name), safeLine(String(value)))
      const recordings = reported.flatMap(({ recording }) => recording ?? [])
      const lines = [...recordings.map(path => attachmentLine(`${place}/${path}`)), ...(isExtended ? [] : properties.map(propertyLine))]
      const words = cdata(output.join('\n')).trim()
      testCase.standardOutput([...(words === '' ? [] : ['', words, '']), ...lines.map(ownCdata), ''].join('\n'))
    }
    if (isTrouble && !allowed) {
      const message = messageOf(findings, status)
      if (status === 'failed') testCase.failure(message, reported[0]?.outcome).stacktrace(cdata(reasons))
      else testCase.error(message, reported[0]?.outcome, cdata(reasons))
    }
    if (status === 'not_run' || (isTrouble && allowed)) testCase.skipped()
    return {
      ...(isExtended && { line: scenario.line }),
      ...(isTrouble && allowed && { skippedBecause: `allowed: ${messageOf(findings, status)}` }),
      ...(status === 'not_run' && { skippedBecause: `not run: ${reported[0]?.shortfalls[0]?.what ?? 'unknown'}` }),
      ...(isExtended && !isTrouble && { flakyFailures: findings.flakyFailures }),
    }
  })
}

function leftOut(what: string): string {
  return `--- ${what} left out: this file is kept under ${mostMegabytes} MB. The result's own report.json has all.`
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

function nameOf({ repeat }: CaseFindings, title: string): string {
  return safeLine(repeat === undefined ? title : `${title} #${repeat}`)
}

/** `Clinic scheduling.Smoke.Booking`: readers make folders of the parts, so dots inside a name become `_`. */
function classOf(suite: string, { entry, case: { scenario } }: CaseFindings): string {
  const names = [suite, entry.name].map(name => shorten(name, longestName).replaceAll('.', '_'))
  return safeLine([...names, ...(scenario.folder === undefined ? [] : [shorten(scenario.folder, longestName)])].join('.'))
}

/** `2 of 3 failed: agent_says contains "cancelled": the agent said "Booked." (turn 2)` */
function messageOf({ counts, repeat, reported, case: planned }: CaseFindings, status: 'failed' | 'could_not_tell'): string {
  const first = reported[status][0]?.shortfalls[0]
  const because = first ? shortfallLine(first) : status
  const share = `${counts[status]} of ${planned.repeats} ${status === 'failed' ? 'failed' : 'inconclusive'}`
  return shorten(safeLine(repeat === undefined ? `${share}: ${because}` : because), longestMessage)
}
