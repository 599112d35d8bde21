import type { PlanSummary } from '../domain/event.js'
import { boundsOf, type PlanBounds } from '../pipeline/plan/bounds.js'
import { summarise } from '../pipeline/plan/summary.js'
import type { Prepared } from './prepare.js'

/** What a suite would run: plain data, secrets taken out. */
export interface PlanOverview extends PlanBounds {
  readonly file: string
  readonly suite: string
  readonly plan: PlanSummary
}

export function overviewOf({ request, document, plan, redact }: Prepared): PlanOverview {
  return redact({ file: request.path, suite: document.name, ...boundsOf(plan), plan: summarise(plan) })
}
