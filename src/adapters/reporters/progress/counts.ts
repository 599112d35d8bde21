import type { SuiteEvent } from '../../../domain/event.js'
import { caseStatusOf, noRuns, type StatusCounts } from '../../../domain/case-status.js'
import type { Lacking } from '../../../domain/trunk-desk.js'

/** A suite's progress. */
export interface ProgressCounts {
  readonly startedMs: number
  /** Missing until the plan is known. */
  total?: number
  done: number
  /** Those of them that were done before this result was resumed. */
  doneBefore: number
  readonly byStatus: StatusCounts
  readonly inFlight: Set<number>
  /** Those of them that wait for something of a telephone trunk. */
  readonly waiting: Map<number, Lacking>
  /** Why runs did not pass, and how often each reason occurred. */
  readonly reasons: Map<string, number>
  /** Judge controls, as far as they are known. */
  controls: number
  controlsJudged: number
  isOver: boolean
}

/** @param nowMs  On the same clock as later times. */
export function nothingYet(nowMs: number): ProgressCounts {
  const nothing = { done: 0, doneBefore: 0, controls: 0, controlsJudged: 0, isOver: false }
  return { startedMs: nowMs, ...nothing, byStatus: noRuns(), inFlight: new Set(), waiting: new Map(), reasons: new Map() }
}

export function countEvent(counts: ProgressCounts, event: SuiteEvent): void {
  switch (event.type) {
    case 'suite.started':
      counts.total = event.plan.totalRuns
      counts.controls = event.plan.controls?.length ?? 0
      break
    case 'suite.resumed':
      counts.total = event.total
      counts.done = counts.doneBefore = event.done
      break
    case 'run.started':
      counts.inFlight.add(event.index)
      break
    case 'run.waiting':
      if (event.lacks) counts.waiting.set(event.index, event.lacks)
      else counts.waiting.delete(event.index)
      break
    case 'run.retrying':
      counts.waiting.delete(event.index)
      break
    case 'run.ended':
      counts.waiting.delete(event.index)
      counts.inFlight.delete(event.index)
      counts.done += 1
      counts.byStatus[caseStatusOf(event.outcome.status)] += 1
      break
    case 'run.amended':
      // Runs from before the result was resumed are not among the counts.
      counts.byStatus[caseStatusOf(event.was)] = Math.max(0, counts.byStatus[caseStatusOf(event.was)] - 1)
      counts.byStatus[caseStatusOf(event.outcome.status)] += 1
      break
    case 'judge.controlled':
      counts.controlsJudged += 1
      break
    case 'suite.ended':
      counts.isOver = true
      break
  }
}
