import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { importOptional } from '../../ports/package-missing.js'
import type { Store } from '../../ports/store.js'
import { createFileStore } from './file.js'
import { journalOf } from './journal-file.js'

/**
 * Reads results from anywhere: from their own folder, or from a server's database as `<its folder>/<number>` or the
 * number alone.
 *
 * @param database  The database of bare numbers: a `postgres://` URL, or a folder.
 */
export function createStore(database?: string): Store {
  const files = createFileStore()
  return {
    ...files,
    async read(place) {
      const number = basename(place)
      if (!/^\d+$/.test(number) || existsSync(journalOf(place))) return files.read(place)
      const home = number === place && database ? database : dirname(place)
      const { readFromDatabase } = await importOptional(
        () => import('./database/read-result.js'),
        'A result in a database',
        'kysely@0.28 libsql@0.5',
      )
      return (await readFromDatabase(home, Number(number))) ?? files.read(place)
    },
  }
}
