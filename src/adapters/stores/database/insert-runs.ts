import type { Transaction } from 'kysely'
import type { PlanSummary } from '../../../domain/event.js'
import type { RunRow, Tables } from './tables.js'

/** A statement can have at most 32,766 values. */
const batch = 1000

/** Inserts a plan's runs, all `pending`. */
export async function insertRuns(tx: Transaction<Tables>, plan: PlanSummary, result: number, firstRun: number): Promise<void> {
  let rows: Pick<RunRow, 'id' | 'result' | 'idx' | 'scenario_id' | 'state' | 'attempt'>[] = []
  for (const { firstRun: first, repeats, scenario } of plan.entries.flatMap(({ cases }) => cases)) {
    for (let idx = first; idx < first + repeats; idx += 1) {
      rows.push({ id: firstRun + idx, result, idx, scenario_id: scenario.id ?? null, state: 'pending', attempt: 0 })
      if (rows.length < batch) continue
      await tx.insertInto('runs').values(rows).execute()
      rows = []
    }
  }
  if (rows.length > 0) await tx.insertInto('runs').values(rows).execute()
}
