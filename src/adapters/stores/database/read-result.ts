import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredJournal } from '../../../ports/store.js'
import { refuseOtherTables } from './migrate.js'
import { connect, databaseFile, isPostgres } from './open.js'
import { storedResult } from './stored-result.js'

/**
 * A result of a database, which a server may be using now; `undefined` if there is no database. The connection stays
 * open, because the result is read on demand; it does not keep the process alive.
 */
export async function readFromDatabase(place: string, result: number): Promise<StoredJournal | undefined> {
  if (!isPostgres(place) && !existsSync(join(place, databaseFile))) return undefined
  const db = await connect(place)
  await refuseOtherTables(db, place)
  return storedResult(db, result)
}
