import { type Plan, type PlannedEntry } from '../../domain/plan.js'

/** The most that a plan can come to. */
export interface PlanBounds {
  readonly runs: number
  /** Were every run to take as long as it may, retries aside. */
  readonly minutes: number
}

/**
 * Upper bounds of a plan, in runs and minutes: each run its `max_duration` (or `run_timeout`, if that is shorter), as many
 * at once as the limits allow.
 */
export function boundsOf(plan: Plan): PlanBounds {
  const widthOf = ({ entry, agent }: PlannedEntry) =>
    Math.min(plan.limits.concurrency, agent.limits.concurrency ?? Infinity, entry.concurrencyLimit ?? Infinity)
  let allMs = 0
  let slowestEntryMs = 0
  for (const entry of plan.entries) {
    let entryMs = 0
    for (const { scenario, repeats } of entry.cases) {
      entryMs += repeats * Math.min(scenario.maxDurationMs, plan.limits.runTimeoutMs)
    }
    allMs += entryMs
    slowestEntryMs = Math.max(slowestEntryMs, entryMs / widthOf(entry))
  }
  const boundMs = Math.max(allMs / plan.limits.concurrency, slowestEntryMs)
  return { runs: plan.totalRuns, minutes: Math.min(boundMs, plan.limits.suiteTimeoutMs ?? Infinity) / 60_000 }
}
