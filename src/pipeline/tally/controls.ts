import type { JudgeControlled, PlanSummary } from '../../domain/event.js'
import type { ControlReport } from '../../domain/report.js'

/** How the judge does on the conversations that it is judged by. */
export interface Controls {
  /** Of a control that was judged twice (its result was resumed) the last counts. @throws {RangeError} of one of the suite's that is not planned. */
  add(event: JudgeControlled): void
  /** All of them, in the suite's order; those of services last. */
  report(): readonly ControlReport[]
}

export function createControls({ controls = [] }: PlanSummary): Controls {
  const reports = new Map<string, ControlReport>()
  for (const control of controls) reports.set(control, { control, holds: 'unknown', because: 'it was never judged' })
  return {
    add({ control, isElsewhere, holds, because }) {
      if (!isElsewhere && !reports.has(control)) throw new RangeError(`The judge control ${control} is not in the plan.`)
      reports.set(control, { control, holds, because })
    },
    report: () => [...reports.values()],
  }
}
