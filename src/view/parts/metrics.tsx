import { grouped } from '../../domain/count.js'
import type { MetricSummary } from '../../domain/report.js'
import { figureText } from './figures.js'
import { Words } from './words.js'

const columns = ['mean', 'p50', 'p95', 'max'] as const

/** The metrics over all runs. */
export function Metrics({ metrics }: { readonly metrics: readonly MetricSummary[] }) {
  if (metrics.length === 0) return null
  return (
    <section aria-labelledby="metrics-title">
      <h2 id="metrics-title">Metrics</h2>
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">n</th>
            {columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map(metric => (
            <tr key={metric.metric}>
              <th scope="row">
                <Words text={metric.metric} />
                <Remarks metric={metric} />
              </th>
              <td>{grouped(metric.count)}</td>
              {columns.map(column => (
                <td key={column}>{figureOf(metric, column)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function figureOf(metric: MetricSummary, column: (typeof columns)[number]): string {
  const value = metric[column]
  if (value === undefined || (metric.type === 'binary' && column !== 'mean')) return ''
  return metric.type === 'binary' ? `${(value * 100).toFixed(1)} %` : figureText(value)
}

function Remarks({ metric: { values = {}, unscored, notApplicable, tooFew } }: { readonly metric: MetricSummary }) {
  const remarks = [
    ...Object.entries(values).map(([value, times]) => `${value} ${times}`),
    ...(unscored > 0 ? [`${unscored} not scored`] : []),
    ...(notApplicable === undefined ? [] : [`${notApplicable} not applicable`]),
    ...(tooFew ? ['too few for a share'] : []),
  ]
  return remarks.length === 0 ? null : (
    <div class="note">
      <Words text={remarks.join(', ')} />
    </div>
  )
}
