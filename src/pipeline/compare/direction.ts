import type { PlanSummary } from '../../domain/event.js'
import { judgedMetrics, outcomeMetric } from '../../domain/judged-metrics.js'

/** `up`: more is better. `down`: less is better. */
export type Direction = 'up' | 'down'

/** Without latencies, durations and what is measured of a line, which also vary with the machine and the hour: they count only with a threshold. */
const builtin: Readonly<Record<string, Direction>> = {
  repetition: 'down',
  tool_call_success: 'up',
  appropriate_termination: 'up',
  yield_rate: 'up',
  selectivity: 'up',
  agent_interruptions: 'down',
  abrupt_end: 'down',
}

/** Of ratings, 100 is the best, and so is true of what is right; counts are of mistakes. */
const directions = { rating: 'up', binary: 'up', numeric: 'down', enum: undefined } as const
const judged: ReadonlyMap<string, Direction> = new Map([
  [outcomeMetric, 'up'],
  ...Object.entries(judgedMetrics).flatMap(([name, { type }]) => (directions[type] ? [[name, directions[type]] as const] : [])),
])

/**
 * Which direction of a metric is better: by the suite's thresholds (only a `max`: down; only a `min`: up), otherwise by the
 * nature of the built-in metric. `undefined` if neither says so, or thresholds contradict each other.
 */
export function directionOf(metric: string, plan: PlanSummary): Direction | undefined {
  const thresholds = [
    plan.thresholds,
    ...plan.entries.flatMap(entry => [entry.thresholds, ...entry.cases.map(({ scenario }) => scenario.thresholds)]),
  ]
  const said = new Set<Direction>()
  for (const { bounds, ...own } of thresholds.flatMap(each => each?.metrics ?? [])) {
    if (own.metric !== metric || (bounds.min === undefined) === (bounds.max === undefined)) continue
    said.add(bounds.min === undefined ? 'down' : 'up')
  }
  if (said.size === 0) return judged.get(metric) ?? (Object.hasOwn(builtin, metric) ? builtin[metric] : undefined)
  return said.size === 1 ? [...said][0] : undefined
}
