import { marks } from '../../domain/case-status.js'
import { identityText } from '../../domain/identity.js'
import type { ResultLine, ResultList } from '../../domain/result-line.js'
import { safeLine } from '../../domain/safe-text.js'

/** Results for people, one a line, newest last: verdict, when, share of passed runs, suite, agents, folder. */
export function resultsReport({ results, unreadable }: ResultList): string {
  const rows = results.map(cellsOf)
  const widths = [0, 1, 2, 3, 4].map(column => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0))
  const lines = rows.map(row =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [...lines, ...unreadable.map(({ because }) => `Skipped: ${safeLine(because)}`)].map(line => `${line}\n`).join('')
}

function cellsOf({ place, startedAt, suite, agents, state, passed, runs, isSigned }: ResultLine): string[] {
  return [
    `${stateMarks[state]} ${states[state]}`,
    startedAt.slice(0, 16).replace('T', ' '),
    `${passed}/${runs}`,
    safeLine(suite),
    safeLine(agents.map(({ key, identity }) => identityText(key, identity)).join(', ')),
    `${safeLine(place)}${isSigned ? '  attested' : ''}`,
  ]
}

const states: Readonly<Record<ResultLine['state'], string>> = {
  passed: 'passed',
  failed: 'failed',
  could_not_tell: 'inconclusive',
  running: 'running',
  cut_off: 'cut off',
  contradicts_itself: 'contradicts itself',
}

const stateMarks: Readonly<Record<ResultLine['state'], string>> = {
  passed: marks.passed,
  failed: marks.failed,
  could_not_tell: marks.could_not_tell,
  running: marks.not_run,
  cut_off: marks.could_not_tell,
  contradicts_itself: marks.could_not_tell,
}
