import { isAtHead, type Limit, limitText } from '../../domain/limit.js'
import type { EntryReport, MetricSummary } from '../../domain/report.js'
import { safeLine } from '../../domain/safe-text.js'
import { wilsonInterval } from '../../domain/statistics.js'
import type { Reporter } from '../../ports/reporter.js'

const metricsEnd = '# EOF\n'

const statistics = ['mean', 'p50', 'p95'] as const satisfies readonly (keyof MetricSummary)[]

/** OpenMetrics, as GitLab compares them in merge requests: pass rates with their lower ends, counts of runs, and metrics, by run entry. */
export const metrics: Reporter = async function* ({ report }) {
  yield metricsHead('finished')
  yield family('callsheet_limit', 'What the result is not.', report.limits.filter(isAtHead).map(limitOf), 'info')
  yield family('callsheet_pass_rate', 'Share of counted runs that passed.', report.entries.flatMap(passRate))
  yield family('callsheet_pass_rate_lower', 'Lower end of its 95 % interval.', report.entries.flatMap(lowerRate))
  yield family('callsheet_runs', 'Runs by how they ended.', report.entries.flatMap(runsOf))
  yield family('callsheet_metric', 'Metrics over the runs of an entry.', report.entries.flatMap(metricsOf))
  yield metricsEnd
}

/** OpenMetrics for a run that has not finished: none. */
export function unfinishedMetrics(): string {
  return `${metricsHead('did not finish')}${metricsEnd}`
}

/** What every such file begins with. OpenMetrics knows no comments. */
function metricsHead(state: string): string {
  return family('callsheet_report', 'The report that this file is.', [[{ state }, 1]], 'info')
}

function limitOf(limit: Limit): Sample {
  return [{ code: limit.code, text: limitText(limit) }, 1]
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

/** A metric with all its samples; nothing where there is none. */
function family(name: string, help: string, samples: readonly Sample[], type: 'gauge' | 'info' = 'gauge'): string {
  if (samples.length === 0) return ''
  const lines = samples.map(([labels, value]) => {
    const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
    return `${name}${type === 'info' ? '_info' : ''}{${named.join(',')}} ${value}\n`
  })
  return `# TYPE ${name} ${type}\n# HELP ${name} ${help}\n${lines.join('')}`
}

function escaped(text: string): string {
  return safeLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}

function countedIn({ totals }: EntryReport): number {
  return totals.passed + totals.failed + totals.agent_error
}

function passRate(entry: EntryReport): Sample[] {
  const counted = countedIn(entry)
  return counted === 0 ? [] : [[{ entry: entry.name }, entry.totals.passed / counted]]
}

function lowerRate(entry: EntryReport): Sample[] {
  const counted = countedIn(entry)
  return counted === 0 ? [] : [[{ entry: entry.name }, wilsonInterval(entry.totals.passed, counted, 0.95).lower]]
}

function runsOf({ name, totals: { runs: _, ...totals } }: EntryReport): Sample[] {
  return Object.entries(totals).map(([status, runs]) => [{ entry: name, status }, runs])
}

function metricsOf({ name, metrics: own }: EntryReport): Sample[] {
  return own.flatMap(summary =>
    statistics.flatMap((statistic): Sample[] => {
      const value = summary[statistic]
      return value === undefined ? [] : [[{ entry: name, metric: summary.metric, statistic }, value]]
    }),
  )
}
