import type { JudgeControlled, PlanSummary } from '../../domain/event.js'
import type { ControlReport } from '../../domain/report.js'

/** How the judge does on its controls. */
export interface Controls {
  /**
   * Adds a control. If a control was judged twice (its result was resumed), the last counts.
   *
   * @throws {RangeError} for a control of the suite that is not planned.
   */
  add(event: JudgeControlled): void
  /** All of them, in the suite's order; those of services last. */
  report(): readonly ControlReport[]
}

export function createControls({ controls = [] }: PlanSummary): Controls {
  const reports = new Map<string, ControlReport>()
  for (const control of controls) reports.set(control, { control, holds: 'unknown', because: 'it was never judged' })
  return {
    add({ control, isElsewhere, holds, because, outcome }) {
      if (!isElsewhere && !reports.has(control)) throw new RangeError(`The judge control ${control} is not in the plan.`)
      reports.set(control, { control, holds, because, ...(outcome && { outcome }) })
    },
    report: () => [...reports.values()],
  }
}
