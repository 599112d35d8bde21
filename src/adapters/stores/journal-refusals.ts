import { eventVersion, type SuiteStarted } from '../../domain/event.js'
import { isRecord } from '../../domain/json-value.js'
import { StoreError } from '../../ports/store.js'
import { openToRead } from './journal-file.js'

const remedy = 'Restore it from a copy, or run the suite again.'

/** @param offset  The line's place, in bytes. */
export function damaged(path: string, offset: number): StoreError {
  return new StoreError('damaged', `${path} is damaged at byte ${offset}: this line is not an event. ${remedy}`)
}

/** @param why  As half a sentence. */
export function notJournal(path: string, why: string): StoreError {
  return new StoreError('damaged', `${path} is not the journal of a result: ${why}. ${remedy}`)
}

/** Why a file without one whole line is not a result. */
export async function nothingWritten(path: string): Promise<StoreError> {
  await using file = await openToRead(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(firstLine.length), 0, firstLine.length, 0)
  const begun = buffer.toString('latin1', 0, bytesRead)
  if (!firstLine.startsWith(begun)) return notJournal(path, 'its first line is not an event')
  const what = begun === '' ? 'is empty' : 'was cut off within its first line'
  return new StoreError(
    'not_found',
    `${path} ${what}, so no run of that result was ever started. Name another result, or run the suite again.`,
  )
}

/** Every journal begins like this. */
const firstLine = '{"type":"suite.started",'

/** @throws {StoreError} unless this Callsheet reads the format of a journal whose first event this is. */
export function refuseOtherFormat(path: string, started: unknown): void {
  if (!isRecord(started) || started['type'] !== 'suite.started') throw notJournal(path, 'its first line does not start a suite')
  const { version } = started
  if (version === undefined) throw notJournal(path, 'its first line has no version')
  if (typeof version !== 'number')
    throw notJournal(path, `its first line has the version ${JSON.stringify(version)}, which is not a number`)
  if (version !== eventVersion) {
    throw new StoreError(
      'other_format',
      version < eventVersion
        ? `${path} was written by an older Callsheet, in format ${version}, and this one reads only format ${eventVersion}. Run the suite again.`
        : `${path} was written by a newer Callsheet, in format ${version}, and this one reads only format ${eventVersion}. Update this one.`,
    )
  }
  throw notJournal(path, 'its first line is incomplete')
}

/** @throws {StoreError} unless the runs of a plan are numbered one after the other. */
export function refuseOtherPlan(path: string, { plan }: SuiteStarted): void {
  let runs = 0
  for (const { firstRun, repeats } of plan.entries.flatMap(({ cases }) => cases)) {
    if (firstRun !== runs) break
    runs += repeats
  }
  if (runs !== plan.totalRuns) throw notJournal(path, 'its first line numbers the runs wrongly')
}
