import { isModelDriven } from '../../domain/model-driven.js'
import type { Plan, PlannedEntry } from '../../domain/plan.js'

/** Upper bounds of a plan. */
export interface PlanBounds {
  readonly runs: number
  /** If every run takes as long as it may, without retries. */
  readonly minutes: number
}

/**
 * Upper bounds of a plan, in runs and minutes: each run takes its `max_duration` (or `run_timeout`, if that is shorter, or if a model
 * drives the caller), entries follow one another, each as wide as its limits allow, and starts are no faster than their rates.
 *
 * Within an entry it is the bound of list scheduling: work / width + (1 - 1 / width) x the longest run.
 *
 * Source: R. L. Graham, "Bounds on multiprocessing timing anomalies", SIAM J. Appl. Math. 17, 1969.
 */
export function boundsOf(plan: Plan): PlanBounds {
  const { limits, entries, totalRuns } = plan
  const boundMs = entries.reduce((sum, entry) => sum + entryBoundMs(entry, plan), 0)
  return { runs: totalRuns, minutes: Math.min(boundMs, limits.suiteTimeoutMs ?? Infinity) / 60_000 }
}

function entryBoundMs({ entry, agent, cases }: PlannedEntry, { limits }: Plan): number {
  let [workMs, longestMs, runs] = [0, 0, 0]
  for (const { scenario, repeats } of cases) {
    // Waiting for a caller's model counts into the run only.
    const longest = isModelDriven(scenario.behaviour) ? Infinity : scenario.maxDurationMs
    const runMs = Math.min(longest, limits.runTimeoutMs)
    workMs += repeats * runMs
    longestMs = Math.max(longestMs, runMs)
    runs += repeats
  }
  const width = Math.min(limits.concurrency, agent.limits.concurrency ?? Infinity, entry.concurrencyLimit ?? Infinity, runs)
  const slowestPace = Math.min(limits.startsPerSecond ?? Infinity, agent.limits.startsPerSecond ?? Infinity)
  return workMs / width + (1 - 1 / width) * longestMs + ((runs - 1) / slowestPace) * 1000
}
