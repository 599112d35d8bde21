import type { MetricSummary } from '../../domain/report.js'
import { mean, percentile } from '../../domain/statistics.js'
import type { MetricScore } from '../../domain/verdict.js'

/** The values of metrics, run by run, stored compactly as numbers. */
export interface Samples {
  /** @param evidence  Whether the run's values count: it passed or failed. Missing scores are recorded in either case. */
  add(run: number, score: MetricScore, evidence: boolean): void
  /** Removes what was added for a run. */
  forget(run: number): void
  /** Keys of all recorded metrics, sorted. */
  metrics(): string[]
  /** @param includes  Which runs count. Default: all. */
  summarise(metric: string, includes?: (run: number) => boolean): MetricSummary | undefined
}

export function createSamples(): Samples {
  const columns = new Map<string, Column>()

  const columnOf = ({ metric, type }: MetricScore): Column => {
    const known = columns.get(metric)
    if (known) return known
    const column: Column = { type, isRate: false, values: new Float64Array(4), runs: new Uint32Array(4), length: 0, texts: [] }
    columns.set(metric, column)
    return column
  }

  return {
    add(run, score, evidence) {
      const { value, samples } = score
      if (value !== null && !evidence) return
      const column = columnOf(score)
      column.isRate ||= score.isRate === true
      if (score.applies === false) push(column, run, notApplicable)
      else if (value === null) push(column, run, unscored)
      else for (const each of samples ?? [value]) push(column, run, toNumber(column, each))
    },
    forget(run) {
      for (const column of columns.values()) remove(column, run)
    },
    metrics: () => [...columns.keys()].toSorted(),
    summarise(metric, includes) {
      const column = columns.get(metric)
      return column && summariseColumn(metric, column, includes)
    },
  }
}

/** One metric's values, oldest first, each with its run. */
interface Column {
  readonly type: MetricScore['type']
  isRate: boolean
  values: Float64Array
  runs: Uint32Array
  length: number
  /** For an enum, whose values are indexes of this list. */
  readonly texts: string[]
}

/** A share of fewer samples says nothing. */
export const leastOfRate = 10

/** Markers in place of a sample. Both sort after all samples, this one first. */
const notApplicable = Number.POSITIVE_INFINITY
const unscored = Number.NaN

function toNumber({ texts }: Column, value: number | boolean | string): number {
  if (typeof value !== 'string') return Number(value)
  const place = texts.indexOf(value)
  return place === -1 ? texts.push(value) - 1 : place
}

function push(column: Column, run: number, value: number): void {
  if (column.length === column.values.length) {
    const { values, runs } = column
    column.values = new Float64Array(2 * values.length)
    column.values.set(values)
    column.runs = new Uint32Array(2 * runs.length)
    column.runs.set(runs)
  }
  column.values[column.length] = value
  column.runs[column.length] = run
  column.length += 1
}

function remove(column: Column, run: number): void {
  let kept = 0
  for (let i = 0; i < column.length; i += 1) {
    if (column.runs[i] === run) continue
    column.values[kept] = column.values[i]!
    column.runs[kept] = column.runs[i]!
    kept += 1
  }
  column.length = kept
}

function summariseColumn(metric: string, column: Column, includes?: (run: number) => boolean): MetricSummary {
  const { type, isRate, texts } = column
  const all = column.values.slice(0, column.length)
  const counted = includes ? all.filter((_, i) => includes(column.runs[i]!)) : all
  // Sorted, so that the mean does not depend on who finished first; NaN sorts last.
  counted.sort()
  const settled = endOf(counted, Number.isNaN)
  const count = Math.min(
    settled,
    endOf(counted, value => value === notApplicable),
  )
  const common = { metric, type, count, unscored: counted.length - settled, ...(settled > count && { notApplicable: settled - count }) }
  if (type === 'enum') {
    const timesOf = (text: string): number => counted.filter(value => value === texts.indexOf(text)).length
    const values = texts.toSorted().map(text => [text, timesOf(text)] as const)
    return { ...common, values: Object.fromEntries(values.filter(([, times]) => times > 0)) }
  }
  if (count === 0) return common
  if (isRate && count < leastOfRate) return { ...common, tooFew: true }
  const sorted = counted.subarray(0, count)
  return {
    ...common,
    mean: mean(sorted),
    min: sorted[0]!,
    max: sorted[count - 1]!,
    p25: percentile(sorted, 25),
    p50: percentile(sorted, 50),
    p75: percentile(sorted, 75),
    p90: percentile(sorted, 90),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
  }
}

/** The index of the first value of a kind in a sorted list, or the list's length. */
function endOf(sorted: Float64Array, isOfKind: (value: number) => boolean): number {
  const index = sorted.findIndex(isOfKind)
  return index === -1 ? sorted.length : index
}
