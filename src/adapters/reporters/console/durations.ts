import type { FinishedResult } from '../../../ports/reporter.js'
import { safeLine } from '../../../domain/safe-text.js'
import { durationText } from '../../../domain/duration.js'
import type { Paint } from '../paint.js'

/** The slowest cases, by the mean duration of their runs; empty if none are wanted. @param most  How many. */
export function durationsSection({ report }: FinishedResult, most: number, paint: Paint): string {
  const cases = report.entries
    .flatMap(entry => entry.cases)
    .map(({ key, totals, durationMs }) => {
      const runs = totals.runs - totals.not_run
      return { key, runs, meanMs: runs === 0 ? 0 : durationMs / runs }
    })
  const slowest = cases
    .filter(({ runs }) => runs > 0)
    .toSorted((a, b) => b.meanMs - a.meanMs)
    .slice(0, most)
  if (slowest.length === 0) return ''
  const lines = slowest.map(
    ({ key, runs, meanMs }) => `  ${durationText(meanMs).padStart(10)}  ${safeLine(key)}${runs > 1 ? `, mean of ${runs} runs` : ''}`,
  )
  return `\n${paint.bold('Slowest cases')}\n${lines.join('\n')}\n`
}
