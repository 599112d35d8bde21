import { largest } from '../../../domain/largest.js'
import type { MetricSummary } from '../../../domain/report.js'
import type { Paint } from '../paint.js'
import { safeLine } from '../../../domain/safe-text.js'

const columns = ['count', 'mean', 'p50', 'p95', 'max'] as const

/** A table of the metrics over all runs; for an enum, how often each value occurs. Empty without metrics. */
export function metricsSection(metrics: readonly MetricSummary[], paint: Paint): string {
  if (metrics.length === 0) return ''
  const rows = metrics.map(metric => [safeLine(metric.metric), ...columns.map(column => figure(metric, column))])
  const table = [['', ...columns], ...rows]
  const widths = table[0]?.map((_, column) => largest(table.map(row => row[column]?.length ?? 0))) ?? []
  const lines = table.map((row, i) => {
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
    const line = `  ${cells.join('   ')}${i === 0 ? '' : remark(metrics[i - 1])}`.trimEnd()
    return i === 0 ? paint.dim(line) : line
  })
  return `\n${paint.bold('Metrics')}\n${lines.join('\n')}\n`
}

function figure(metric: MetricSummary, column: (typeof columns)[number]): string {
  const value = metric[column]
  if (value === undefined || (metric.type === 'binary' && column !== 'count' && column !== 'mean')) return ''
  if (metric.type === 'binary' && column === 'mean') return `${(value * 100).toFixed(1)} %`
  return String(Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1)))
}

function remark(metric: MetricSummary | undefined): string {
  const values = Object.entries(metric?.values ?? {}).map(([value, times]) => `${safeLine(value)} ${times}`)
  const unscored = metric && metric.unscored > 0 ? [`${metric.unscored} not scored`] : []
  const moot = metric?.notApplicable ? [`${metric.notApplicable} not applicable`] : []
  const remarks = [...values, ...unscored, ...moot].join(', ')
  return remarks === '' ? '' : `   ${remarks}`
}
