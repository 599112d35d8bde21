import { existsSync } from 'node:fs'
import { journalOf } from '../adapters/stores/journal-file.js'
import type { FinishedResult } from '../ports/reporter.js'
import { StoreError, type StoredJournal } from '../ports/store.js'
import { fileDigest } from './file-digest.js'
import { recounted } from './finish.js'
import type { Adapters } from './registry.js'
import { findResult } from './result-place.js'

/** How a result of a server gets a folder with a journal. */
export const saveIt = 'Save it first: callsheet watch <url> --out <folder>'

/** A journal that is a file, and no longer written. */
export interface FinishedJournal {
  /** The result's folder. */
  readonly place: string
  readonly stored: StoredJournal
  /** Counted from its runs. */
  readonly result: FinishedResult
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string
}

/** @param name  A folder, an id, or `latest`. @throws {StoreError} when it cannot be read, is still written, or is no file. */
export async function readFinishedJournal(name: string, use: Pick<Adapters, 'store' | 'serverDatabase'>): Promise<FinishedJournal> {
  const place = findResult(name, use)
  if (!existsSync(journalOf(place))) {
    throw new StoreError('not_found', `${name} is in the database of a server, which has no journal file. ${saveIt}`)
  }
  const store = await use.store()
  store.refuseUnfinished(place)
  const digest = await fileDigest(journalOf(place))
  const stored = await store.read(place)
  return { place, stored, result: await recounted(stored, place), digest }
}
