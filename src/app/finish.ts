import type { Report } from '../domain/report.js'
import { finishedResult } from '../adapters/stores/finished-result.js'
import { contradicted, contradictionIn } from '../pipeline/tally/recount.js'
import { createTally } from '../pipeline/tally/tally.js'
import type { FinishedResult } from '../ports/reporter.js'
import type { StoredJournal } from '../ports/store.js'

/**
 * The result that this process has just written, as reports need it. If it was cut off, the report covers what the journal has.
 *
 * @param place  Folder of the result, as the user should type it.
 */
export async function finish(stored: StoredJournal, place: string): Promise<FinishedResult> {
  return finishedResult(stored, stored.report ?? (await countAgain(stored)), place)
}

/** A stored result as reports need it, counted again from its runs. Its last line decides nothing: a journal can be edited. */
export async function recounted(stored: StoredJournal, place: string): Promise<FinishedResult> {
  const counted = await countAgain(stored)
  const because = stored.report && contradictionIn(stored.report, counted)
  if (because === undefined) return finishedResult(stored, counted, place)
  return { ...finishedResult(stored, contradicted(counted, because), place), contradiction: because }
}

async function countAgain(stored: StoredJournal): Promise<Report> {
  const totals = createTally(stored.started)
  for await (const event of stored.events()) totals.add(event)
  return totals.report()
}
