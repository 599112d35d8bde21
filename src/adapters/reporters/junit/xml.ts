import library, { type Builder, type TestCase } from 'junit-report-builder'
import { safeLine, safeText, shorten } from '../../../domain/safe-text.js'

const longestFlaky = 500

// The package's types have a `default` inside, but Node returns the builder itself.
const builder = library as unknown as Builder

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Attributes of the opening tags `testsuites` and `testsuite`. Counts are of testcases. */
export interface SuiteCounts {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
  readonly timeS: number
}

/** An unclosed `<testsuites ...>`. It has no `skipped`, because the Jenkins schema does not allow it there. */
export function openSuites(name: string, { tests, failures, errors, timeS }: SuiteCounts): string {
  const holder = builder.newBuilder().testSuite().build()
  return opened(holder.ele('testsuites', { name: safeLine(name), tests, failures, errors, time: timeS }).toString())
}

/** An unclosed `<testsuite ...>` with its properties. @param file  Path of the suite file. */
export function openSuite(
  { name, file }: { readonly name: string; readonly file: string },
  counts: SuiteCounts,
  timestamp: string,
  properties: readonly (readonly [name: string, value: string])[],
): string {
  const suite = builder.newBuilder().testSuite().name(safeLine(name)).timestamp(timestamp).time(counts.timeS)
  for (const [key, value] of properties) suite.property(safeLine(key), safeLine(value))
  const element = suite.build()
  const { tests, failures, errors, skipped } = counts
  element.att('file', safeLine(file))
  for (const [key, count] of Object.entries({ tests, failures, errors, skipped })) element.att(key, count)
  return opened(element.toString({ pretty: true, offset: 1 }))
}

/** What to add to a testcase that the builder has no method for. */
export interface Additions {
  readonly line?: number
  readonly skippedBecause?: string
  /** Attempts that failed before a pass. */
  readonly flakyFailures?: readonly { readonly type: string; readonly message: string }[]
}

/** A single testcase, built by `fill`. */
export function testCaseXml(fill: (testCase: TestCase) => Additions | void): string {
  const suite = builder.newBuilder().testSuite()
  const testCase = suite.testCase()
  const { line, skippedBecause, flakyFailures = [] } = fill(testCase) ?? {}
  const element = testCase.build(suite.build())
  if (line !== undefined) element.att('line', line)
  if (skippedBecause !== undefined) skippedIn(element).att('message', skippedBecause)
  for (const { type, message } of flakyFailures) element.ele('flakyFailure', { message: shorten(safeLine(message), longestFlaky), type })
  return element.toString({ pretty: true, offset: 2 }).trimEnd()
}

type Element = ReturnType<TestCase['build']>

function skippedIn({ children }: Element): Element {
  return children.find(child => 'name' in child && child.name === 'skipped') as Element
}

/** Text for a CDATA section. The builder splits only the first `]]>` of a text, so all are escaped. */
export function cdata(text: string): string {
  return ownCdata(safeText(text))
}

/** {@link cdata} for text that is safe already, and in which `[[PROPERTY|...]]` lines are meant. */
export function ownCdata(text: string): string {
  return text.replaceAll(']]>', ']]&gt;')
}

function opened(xml: string): string {
  return xml.endsWith('/>') ? `${xml.slice(0, -2)}>\n` : `${xml.slice(0, xml.lastIndexOf('</')).trimEnd()}\n`
}
