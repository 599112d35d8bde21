import type { CaseSummary, PlanSummary } from './event.js'
import type { Thresholds } from './thresholds.js'

/** Whether a `must_pass` rule names a case. */
export function isNamed({ scenario }: CaseSummary, { tags, scenarios }: NonNullable<Thresholds['mustPass']>): boolean {
  return scenarios.includes(scenario.key) || scenario.tags.some(tag => tags.includes(tag))
}

/** The cases that a rule of the suite, their entry or their scenario says must pass, by their index. */
export function criticalCases({ thresholds, entries }: PlanSummary): ReadonlySet<number> {
  const critical = entries.flatMap(entry =>
    entry.cases.filter(planned =>
      [thresholds, entry.thresholds, planned.scenario.thresholds].some(each => each?.mustPass && isNamed(planned, each.mustPass)),
    ),
  )
  return new Set(critical.map(({ index }) => index))
}
