import { type Change, changesIn, pText, sharesText } from '../../domain/comparison-changes.js'
import type { Comparison } from '../../domain/comparison.js'
import { comparisonWarnings } from '../../domain/compared-limits.js'
import { safeLine, shorten } from '../../domain/safe-text.js'
import { type Additions, cdata, openSuite, openSuites, testCaseXml, xmlDeclaration } from './junit/xml.js'

/** A testcase of the comparison: a case, or the cases of a run entry together. */
interface Compared {
  readonly about: string
  readonly changes: readonly Change[]
  /** Why it tells nothing; absent if it tells something. */
  readonly skippedBecause?: string
}

const longest = 500

/**
 * A comparison as JUnit XML: a testcase a case, which fails if anything of it got worse, and is skipped if it tells nothing; and one for
 * the cases of a run entry together.
 */
export function comparisonJunit(comparison: Comparison): string {
  const { base, new: now, verdict } = comparison
  const warnings = comparisonWarnings(comparison)
  const compared = comparedIn(comparison)
  const failures = compared.filter(({ changes }) => worseOf(changes).length > 0).length
  const skipped = compared.filter(({ skippedBecause }) => skippedBecause !== undefined).length
  const counts = { tests: compared.length, failures, errors: 0, skipped, timeS: 0 }
  const properties = [
    ['verdict', verdict],
    ['base', `${base.result} ${base.agents}`],
    ['new', `${now.result} ${now.agents}`],
    ...(warnings.length > 0 ? [['conditions', warnings.join(' ')] as const] : []),
  ] as const
  return [
    `${xmlDeclaration}${openSuites(now.suite, counts)}`,
    openSuite({ name: `Compared with ${base.result}`, file: now.place }, counts, now.startedAt, properties),
    ...compared.map(each => `${testCaseOf(each, now.suite)}\n`),
    '  </testsuite>\n</testsuites>\n',
  ].join('')
}

function comparedIn(comparison: Comparison): Compared[] {
  const changes = changesIn(comparison)
  const few = new Set<string>(comparison.tooFewRuns)
  const ofCases = comparison.cases.map(({ key, base, new: now, passRate }): Compared => {
    const own = changes.filter(({ about }) => about === key)
    const skippedBecause = !passRate ? `not compared: ${sharesText(base, now)}` : few.has(key) ? 'too few runs to tell' : undefined
    return { about: key, changes: own, ...(skippedBecause !== undefined && worseOf(own).length === 0 && { skippedBecause }) }
  })
  const keys = new Set<string>(comparison.cases.map(({ key }) => key))
  const together = [...new Set(changes.map(({ about }) => about))].filter(about => !keys.has(about))
  return [...ofCases, ...together.map(about => ({ about, changes: changes.filter(each => each.about === about) }))]
}

function worseOf(changes: readonly Change[]): Change[] {
  return changes.filter(({ finding }) => finding.verdict === 'worse')
}

function testCaseOf({ about, changes, skippedBecause }: Compared, suite: string): string {
  return testCaseXml((testCase): Additions => {
    testCase
      .name(shorten(safeLine(about), longest))
      .className(safeLine(`${suite}.compare`))
      .time(0)
    const worse = worseOf(changes)
    if (worse.length > 0) testCase.failure(shorten(safeLine(worse.map(lineOf).join('; ')), longest), 'regressed')
    if (skippedBecause !== undefined) testCase.skipped()
    if (changes.length > 0) testCase.standardOutput(cdata(changes.map(change => `${change.finding.verdict}: ${lineOf(change)}`).join('\n')))
    return skippedBecause === undefined ? {} : { skippedBecause }
  })
}

function lineOf({ what, finding }: Change): string {
  return `${what}, ${pText(finding)}`
}
