import { changesText, cameMarks, failingSinceText, flipText } from '../../domain/case-history-text.js'
import type { CaseHistory, History, PastResult, SuiteHistory } from '../../domain/case-history.js'
import { marks } from '../../domain/case-status.js'
import { count } from '../../domain/count.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { paintWith, type Paint } from './paint.js'
import { safeLine } from '../../domain/safe-text.js'
import { wrapText } from './wrapped-text.js'

const lineWidth = 80
/** The maximum of cases per kind and suite. */
const mostCases = 20
/** The maximum of results per suite. */
const mostResults = 30

/** The cases of each suite whose outcomes varied, for people, 80 columns wide. */
export function flakyReport({ suites, unreadable }: History, { colour }: { readonly colour: boolean }): string {
  const paint = paintWith(colour)
  const sections = suites.map(suite => flakySection(suite, paint))
  return `${[...sections, ...skippedLines(unreadable, paint)].join('\n\n')}\n`
}

function flakySection({ suite, results, cases }: SuiteHistory, paint: Paint): string {
  const of = (kind: CaseHistory['kind']): CaseHistory[] => cases.filter(history => history.kind === kind)
  return [
    `${paint.bold(safeLine(suite))}  ${paint.dim(count(results.length, 'result'))}`,
    ...kindSection('Flaky', of('flaky'), paint.yellow),
    ...kindSection('The outcome changed, and so did the agent or the suite, as far as is known', of('changed'), paint.dim),
    `${count(of('steady').length, 'case')} had the same outcome every time.`,
  ].join('\n\n')
}

function kindSection(title: string, cases: readonly CaseHistory[], tone: (text: string) => string): string[] {
  if (cases.length === 0) return []
  const more = cases.length - mostCases
  const lines = cases.slice(0, mostCases).map(history => tone(wrapText(`  ~ ${caseText(history)}`, lineWidth, '      ')))
  return [[title, ...lines, ...(more > 0 ? [`    and ${more} more`] : [])].join('\n')]
}

/** `smoke/cancel  31/36 runs passed, mixed in 2 of 12 results, 3 flips; last 2026-01-03 09:00: passed -> mixed, with another agent` */
function caseText({ key, counted, passed, mixed, flips, results, lastFlip }: CaseHistory): string {
  const parts = [
    `${passed}/${count(counted, 'run')} passed`,
    ...(mixed > 0 ? [`mixed in ${mixed} of ${count(results.length, 'result')}`] : []),
    ...(flips > 0 ? [count(flips, 'flip')] : []),
  ]
  return safeLine(`${key}  ${parts.join(', ')}${lastFlip ? `; last ${timeOf(lastFlip)}: ${flipText(lastFlip)}` : ''}`)
}

/** The results of each suite and its cases that do not always pass, for people. @param only  The case to show, if only one is wanted. */
export function historyReport({ suites, unreadable }: History, only: string | undefined, { colour }: { readonly colour: boolean }): string {
  const paint = paintWith(colour)
  const sections = suites.flatMap(suite => {
    if (only === undefined) return [suiteSection(suite, paint)]
    const found = suite.cases.find(({ key }) => key === only)
    return found ? [caseSection(suite, found, paint)] : []
  })
  return `${[...sections, ...skippedLines(unreadable, paint)].join('\n\n')}\n`
}

function suiteSection(history: SuiteHistory, paint: Paint): string {
  const { suite, results, cases } = history
  const shown = results.slice(-mostResults)
  const more = results.length - shown.length
  const troubled = cases.filter(each => each.kind !== 'steady' || each.failingSince)
  return [
    [
      `${paint.bold(safeLine(suite))}  ${paint.dim(count(results.length, 'result'))}`,
      ...(more > 0 ? [paint.dim(`  ${count(more, 'older result')}`)] : []),
      ...shown.map(result => resultLine(result, paint)),
    ].join('\n'),
    ...(troubled.length > 0
      ? [['Cases that did not always pass', ...troubled.flatMap(each => troubledLines(each, shown))].join('\n')]
      : []),
    `${count(cases.length - troubled.length, 'case')} always passed.`,
  ].join('\n\n')
}

/** `✓ 2026-01-03 09:00  41/42  87.7–99.9 %  bakery 4.1.8  release; other thresholds` */
function resultLine(result: PastResult, paint: Paint): string {
  const { verdict, passed, counted, agents, isPart, isRelease } = result
  const remarks = [
    ...(isRelease ? ['release'] : []),
    ...(isPart ? ['a part of the suite'] : []),
    ...(result.changed ? [changesText(result)] : []),
  ]
  const tone = { passed: paint.green, failed: paint.red, could_not_tell: paint.yellow }[verdict]
  const text = `${timeOf(result)}  ${passed}/${counted}  ${intervalText(passed, counted)}  ${agents}${remarks.length > 0 ? `  (${remarks.join('; ')})` : ''}`
  return wrapText(`  ${tone(marks[verdict])} ${safeLine(text)}`, lineWidth, '      ')
}

function intervalText(passed: number, counted: number): string {
  if (counted === 0) return 'none counted'
  const { lower, upper } = wilsonInterval(passed, counted, 0.95)
  return `${(lower * 100).toFixed(1)}–${(upper * 100).toFixed(1)} %`
}

/** A mark a result, oldest first: ` ` where the case did not run. */
function troubledLines(each: CaseHistory, shown: readonly PastResult[]): string[] {
  const { key, results, failingSince, isNewSinceRelease, kind, lastFlip } = each
  const came = new Map(results.map(past => [`${past.result} ${past.at}`, past.came]))
  const strip = shown
    .map(({ result, at }) => {
      const then = came.get(`${result} ${at}`)
      return then ? cameMarks[then] : ' '
    })
    .join('')
  const words = [
    ...(kind === 'flaky' ? ['flaky'] : []),
    ...(failingSince ? [failingSinceText(failingSince)] : []),
    ...(isNewSinceRelease ? ['new since the release'] : []),
    ...(lastFlip ? [`last ${timeOf(lastFlip)}: ${flipText(lastFlip)}`] : []),
  ]
  return [`  ${strip}  ${safeLine(key)}`, wrapText(`      ${safeLine(words.join('; '))}`, lineWidth, '      ')]
}

function caseSection({ suite, results }: SuiteHistory, { key, results: past, ...own }: CaseHistory, paint: Paint): string {
  const agents = new Map(results.map(({ result, at, agents: text }) => [`${result} ${at}`, text]))
  return [
    `${paint.bold(safeLine(key))}  ${paint.dim(safeLine(suite))}`,
    ...past.map(({ result, at, came, passed, counted }) =>
      safeLine(
        `  ${cameMarks[came]} ${at.slice(0, 16).replace('T', ' ')}  ${passed}/${counted}  ${result}  ${agents.get(`${result} ${at}`) ?? ''}`.trimEnd(),
      ),
    ),
    ...(own.failingSince ? [`  ${safeLine(failingSinceText(own.failingSince))}`] : []),
    ...(own.kind === 'flaky' ? ['  flaky'] : []),
    ...(own.lastFlip ? [wrapText(`  last flip ${timeOf(own.lastFlip)}: ${flipText(own.lastFlip)}`, lineWidth, '      ')] : []),
  ].join('\n')
}

function skippedLines(unreadable: History['unreadable'], paint: Paint): string[] {
  return unreadable.map(({ because }) => paint.yellow(wrapText(`Skipped: ${safeLine(because)}`, lineWidth, '  ')))
}

function timeOf({ at }: { readonly at: string }): string {
  return at.slice(0, 16).replace('T', ' ')
}
