import type { SuiteEvent } from '../../domain/event.js'
import { sumUsage, type ModelUsage } from '../../domain/model.js'
import { wasInterrupted } from '../../domain/outcome.js'
import type { UsageReport } from '../../domain/report.js'

const none: readonly ModelUsage[] = []

/** Sums the usage of models. */
export interface Spending {
  add(event: SuiteEvent): void
  /** `undefined` if no model was asked. */
  report(): UsageReport | undefined
}

export function createSpending(): Spending {
  let total: readonly ModelUsage[] = []
  let retried: readonly ModelUsage[] = []
  /** Usage of runs that were cut off, by index. If such a run is conducted again, this is among its earlier attempts. */
  const cutOff = new Map<number, { readonly usage: readonly ModelUsage[]; readonly before: readonly ModelUsage[] }>()

  return {
    add(event) {
      if (event.type === 'model.ready' || event.type === 'judge.controlled') total = sumUsage([...total, ...(event.usage ?? [])])
      if (event.type !== 'run.ended') return
      const { index, outcome, usage = none } = event
      if (usage.length === 0 && event.earlier.length === 0 && cutOff.size === 0) return
      const before = event.earlier.flatMap(attempt => attempt.usage ?? [])
      cutOff.delete(index)
      if (wasInterrupted(outcome)) {
        cutOff.set(index, { usage, before })
        return
      }
      if (usage.length + before.length === 0) return
      total = sumUsage([...total, ...usage, ...before])
      retried = sumUsage([...retried, ...before])
    },
    report() {
      const all = sumUsage([...total, ...[...cutOff.values()].flatMap(({ usage, before }) => [...usage, ...before])])
      if (all.length === 0) return undefined
      return { total: all, retried: sumUsage([...retried, ...[...cutOff.values()].flatMap(({ before }) => before)]) }
    },
  }
}
