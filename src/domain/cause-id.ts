import { createHash } from 'node:crypto'
import { shapedShortfalls } from './cause-shape.js'
import type { Outcome } from './outcome.js'

/** The id of a cause, from its shape: the same in all results of a suite. Nobody can make another cause that has it. */
export function causeId(shape: string): string {
  return createHash('sha256').update(shape).digest('hex').slice(0, 12)
}

/** The ids of the causes for which a run did not pass; empty if it passed. */
export function causeIdsOf(outcome: Outcome): ReadonlySet<string> {
  if (outcome.status === 'passed' || outcome.status === 'not_run') return new Set()
  return new Set(shapedShortfalls(outcome).map(({ shape }) => causeId(shape)))
}
