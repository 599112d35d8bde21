import library, { type Builder, type TestCase } from 'junit-report-builder'
import { safeLine, safeText } from '../safe-text.js'

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

/** An unclosed `<testsuite ...>` with its properties. */
export function openSuite(
  name: string,
  counts: SuiteCounts,
  timestamp: string,
  properties: readonly (readonly [name: string, value: string])[],
): string {
  const suite = builder.newBuilder().testSuite().name(safeLine(name)).timestamp(timestamp).time(counts.timeS)
  for (const [key, value] of properties) suite.property(safeLine(key), safeLine(value))
  const element = suite.build()
  const { tests, failures, errors, skipped } = counts
  for (const [key, count] of Object.entries({ tests, failures, errors, skipped })) element.att(key, count)
  return opened(element.toString({ pretty: true, offset: 1 }))
}

/** A single testcase, built by `fill`. */
export function testCaseXml(fill: (testCase: TestCase) => void): string {
  const suite = builder.newBuilder().testSuite()
  const testCase = suite.testCase()
  fill(testCase)
  return testCase.build(suite.build()).toString({ pretty: true, offset: 2 }).trimEnd()
}

/** Text for a CDATA section. The builder splits only the first `]]>` of a text, so all are escaped. */
export function cdata(text: string): string {
  return safeText(text).replaceAll(']]>', ']]&gt;')
}

function opened(xml: string): string {
  return xml.endsWith('/>') ? `${xml.slice(0, -2)}>\n` : `${xml.slice(0, xml.lastIndexOf('</')).trimEnd()}\n`
}
