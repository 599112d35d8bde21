import type { CaseHistory, History, SuiteHistory } from '../../domain/case-history.js'
import { count } from '../../domain/count.js'
import { paintWith, type Paint } from './paint.js'
import { safeLine } from '../../domain/safe-text.js'
import { wrapText } from './wrapped-text.js'

const lineWidth = 80
/** The maximum of cases per kind and suite. */
const mostCases = 20

/** A history for people, 80 columns wide: for each suite, the cases whose outcomes varied. */
export function historyReport({ suites, unreadable }: History, { colour }: { readonly colour: boolean }): string {
  const paint = paintWith(colour)
  const sections = suites.map(suite => suiteSection(suite, paint))
  const skipped = unreadable.map(({ because }) => paint.yellow(wrapText(`Skipped: ${safeLine(because)}`, lineWidth, '  ')))
  return `${[...sections, ...skipped].join('\n\n')}\n`
}

function suiteSection({ suite, results, restless, steady }: SuiteHistory, paint: Paint): string {
  const of = (kind: CaseHistory['kind']): CaseHistory[] => restless.filter(history => history.kind === kind)
  return [
    `${paint.bold(safeLine(suite))}  ${paint.dim(count(results, 'result'))}`,
    ...kindSection('Flaky', of('flaky'), paint.yellow),
    ...kindSection('The outcome changed, but so did the suite', of('changed'), paint.dim),
    `${count(steady, 'case')} had the same outcome every time.`,
  ].join('\n\n')
}

function kindSection(title: string, cases: readonly CaseHistory[], tone: (text: string) => string): string[] {
  if (cases.length === 0) return []
  const more = cases.length - mostCases
  const lines = cases.slice(0, mostCases).map(history => tone(wrapText(`  ~ ${caseText(history)}`, lineWidth, '      ')))
  return [[title, ...lines, ...(more > 0 ? [`    and ${more} more`] : [])].join('\n')]
}

/** `smoke/cancel  31/36 runs passed, mixed in 2 of 12 results, 3 flips; last 2026-01-03 09:00: passed -> mixed` */
function caseText({ key, counted, passed, mixed, flips, results, lastFlip }: CaseHistory): string {
  const parts = [
    `${passed}/${count(counted, 'run')} passed`,
    ...(mixed > 0 ? [`mixed in ${mixed} of ${count(results.length, 'result')}`] : []),
    ...(flips > 0 ? [count(flips, 'flip')] : []),
  ]
  const last = lastFlip
    ? `; last ${lastFlip.at.slice(0, 16).replace('T', ' ')}: ${lastFlip.from} -> ${lastFlip.to}${lastFlip.suiteChanged ? ', with another suite' : ''}`
    : ''
  return safeLine(`${key}  ${parts.join(', ')}${last}`)
}
