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

/** @throws {StoreError} unless this Callsheet reads the format of a journal that begins so. */
export function refuseOtherFormat(path: string, started: SuiteStarted): void {
  const { version, plan, suite, options }: { [Key in keyof SuiteStarted]?: unknown } = started
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
  if (!isRecord(suite) || !isRecord(options) || !isRecord(plan) || !Array.isArray(plan['entries']) || !isRecord(plan['thresholds'])) {
    throw notJournal(path, 'its first line is incomplete')
  }
}
