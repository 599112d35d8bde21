import type { Report } from '../domain/report.js'
import { finishedResult } from '../adapters/stores/finished-result.js'
import { createTally } from '../pipeline/tally/tally.js'
import type { FinishedResult } from '../ports/reporter.js'
import type { StoredJournal } from '../ports/store.js'

/**
 * A stored result as reports need it. If it was cut off, the report covers what the journal has.
 *
 * @param place  Folder of the result, as the user should type it.
 */
export async function finish(stored: StoredJournal, place: string): Promise<FinishedResult> {
  return finishedResult(stored, stored.report ?? (await countAgain(stored)), place)
}

async function countAgain(stored: StoredJournal): Promise<Report> {
  const totals = createTally(stored.started)
  for await (const event of stored.events()) totals.add(event)
  return totals.report()
}
