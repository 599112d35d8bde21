import type { PlanSummary } from '../../domain/event.js'

/** `up`: more is better. `down`: less is. */
export type Direction = 'up' | 'down'

/** Not `latency_ms` and `duration_s`: they change with the machine and the hour too, so that only a threshold makes them count. */
const builtin: Readonly<Record<string, Direction>> = {
  repetition: 'down',
  tool_call_success: 'up',
  appropriate_termination: 'up',
}

/**
 * Which way a metric gets better: as the suite's thresholds say (a `max` alone: down; a `min` alone: up), and where they
 * do not, as that built-in metric is meant. `undefined` where nothing says so, or thresholds contradict each other.
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
  if (said.size === 0) return Object.hasOwn(builtin, metric) ? builtin[metric] : undefined
  return said.size === 1 ? [...said][0] : undefined
}
