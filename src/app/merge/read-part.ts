import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { journalOf } from '../../adapters/stores/journal-file.js'
import type { SuiteStarted } from '../../domain/event.js'
import type { Report } from '../../domain/report.js'
import { StoreError, type StoredJournal } from '../../ports/store.js'
import { recounted } from '../finish.js'
import type { Adapters } from '../registry.js'
import { findResult } from '../result-place.js'

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
  const place = findResult(name, use)
  if (!existsSync(journalOf(place))) {
    throw new StoreError(
      'not_found',
      `${name} is in the database of a server, which has no journal file. Name a folder with a journal.jsonl.`,
    )
  }
  const store = await use.store()
  store.refuseUnfinished(place)
  const stored = await store.read(place)
  const { report, contradiction } = await recounted(stored, place)
  return {
    place,
    started: stored.started,
    report,
    ...(contradiction !== undefined && { contradiction }),
    stored,
    journalDigest: await fileDigest(journalOf(place)),
  }
}

/** SHA-256 of a file, hexadecimal. @throws The system's error. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}
