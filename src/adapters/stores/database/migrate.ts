import { Migrator, type Kysely } from 'kysely'
import { storeFailure } from '../failure.js'
import { results } from './migrations/0001-results.js'
import type { Tables } from './tables.js'

/** In the order of their names; a migration that has been released is never changed. */
const migrations = { '0001-results': results }

/** Brings a database's tables up to date; two servers that start at once wait for each other. */
export async function migrate(db: Kysely<Tables>, place: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'callsheet_migrations',
    migrationLockTableName: 'callsheet_migrations_lock',
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw storeFailure(`Cannot bring the tables of ${place} up to date`, error, 'Nothing was lost.')
}
