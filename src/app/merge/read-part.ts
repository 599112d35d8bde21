import type { SuiteStarted } from '../../domain/event.js'
import type { Report } from '../../domain/report.js'
import type { StoredJournal } from '../../ports/store.js'
import { readFinishedJournal } from '../finished-journal.js'
import type { Adapters } from '../registry.js'

/** A result to be merged. */
export interface MergePart {
  /** Its folder. */
  readonly place: string
  readonly started: SuiteStarted
  /** Counted from its runs. */
  readonly report: Report
  readonly contradiction?: string
  readonly stored: StoredJournal
  /** SHA-256 of its journal, hexadecimal. */
  readonly journalDigest: string
}

/** @param name  A folder or an id. @throws {StoreError} when it cannot be read, or is not over. */
export async function readPart(name: string, use: Adapters): Promise<MergePart> {
  const { place, stored, result, digest } = await readFinishedJournal(name, use)
  const { report, contradiction } = result
  return {
    place,
    started: stored.started,
    report,
    ...(contradiction !== undefined && { contradiction }),
    stored,
    journalDigest: digest,
  }
}
