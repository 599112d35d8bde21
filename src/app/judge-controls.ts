import type { JudgeControlled } from '../domain/event.js'
import { sumUsage, type ModelUsage } from '../domain/model.js'
import { FaultError } from '../domain/fault.js'
import type { PlannedControl } from '../domain/plan.js'
import { readControl, type ControlReading } from '../pipeline/score/judge-control.js'
import type { Clock } from '../ports/clock.js'
import type { Judge } from '../ports/judge.js'
import type { Patterns } from '../ports/patterns.js'
import type { Prepared } from './plan-document.js'

export interface ControlUse {
  /** Absent: the plan has no controls. */
  readonly judge: Judge | undefined
  readonly patterns: Patterns
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Called with each control once it is judged, with secrets masked. */
  emit(event: JudgeControlled): void
}

/**
 * Judges the controls, all at once; the judge's model keeps its own limits. A control that is cut off gets no event, and so
 * counts as one that nobody judged.
 */
export async function judgeControls(
  { plan, document, mask }: Pick<Prepared, 'plan' | 'document' | 'mask'>,
  { judge, patterns, clock, signal, emit }: ControlUse,
): Promise<void> {
  if (!judge) return
  const { metrics } = document
  const judgeOne = async (planned: PlannedControl): Promise<void> => {
    const usages: ModelUsage[] = []
    let reading: ControlReading
    try {
      reading = await readControl(planned, { judge, metrics, patterns }, { signal, spent: usage => usages.push(usage) })
    } catch (cause) {
      if (signal.aborted) return
      if (!(cause instanceof FaultError)) throw cause
      const expected = planned.control.expect.outcome
      const because = `the judge failed: ${cause.fault.message}`
      reading = { holds: 'unknown', because, ...(expected && { outcome: { expected, found: 'unknown' } }) }
    }
    const usage = usages.length > 0 ? { usage: sumUsage(usages) } : {}
    const because = mask.text(reading.because)
    emit({ type: 'judge.controlled', at: clock.date().toISOString(), control: planned.control.key, ...reading, because, ...usage })
  }
  await Promise.all(plan.controls.map(judgeOne))
}
