import type { JUnitOutput } from '../../../ports/reporter.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { seenText, type Shortfall, shortfallLine } from '../../../domain/shortfall.js'
import type { CaseStatus } from '../../../domain/case-status.js'
import type { CaseFindings, ReportedRun } from './findings.js'

const longestReason = 4000

/** Why the runs of a testcase did not pass. Readers look for a place in the first line. */
export function reasonsOf({ case: { scenario } }: CaseFindings, reported: readonly ReportedRun[]): string {
  return [placeOf(scenario), ...reported.flatMap(run => reasonLines(run, scenario.file))].join('\n')
}

/** `suites/clinic.yaml:34` */
export function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${safeLine(file)}:${line}`
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

/**
 * Transcripts of the runs that decide the testcase's status; of a passed case, the first.
 *
 * @param output  Without `all`, of a passed run only the attempts before it are named, if there were any.
 */
export function transcriptsOf({ reported, further }: CaseFindings, status: CaseStatus, output: JUnitOutput): string[] {
  if (output === 'none') return []
  const rest = further[status]
  const isNamed = rest.count > 0 && (status === 'failed' || status === 'could_not_tell')
  const unnamed = rest.count - rest.named.length
  const names = `${rest.named.map(repeat => `#${repeat}`).join(' ')}${unnamed > 0 ? ` and ${unnamed} more` : ''}`
  return [
    ...reported[status]
      .filter(({ earlier }) => output === 'all' || status !== 'passed' || earlier.length > 0)
      .flatMap(({ run, outcome, earlier, shortfalls, transcript }) => [
        '',
        `--- ${run}: ${outcome}`,
        ...earlier.map(line => shorten(safeLine(line), longestReason)),
        ...[transcript === '' ? safeLine(shortfalls.map(shortfallLine).join('; ')) : transcript].filter(Boolean),
      ]),
    ...(isNamed ? ['', `--- Not shown, and no better: ${names}`] : []),
  ]
}
