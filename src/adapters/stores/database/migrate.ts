import { Migrator, type Kysely } from 'kysely'
import { StoreError } from '../../../ports/store.js'
import { storeFailure } from '../failure.js'
import { results } from './migrations/0004-results.js'
import { dialWindows } from './migrations/0005-dial-windows.js'
import { keptLines } from './migrations/0006-kept-lines.js'
import { shownPlace } from './open.js'
import type { Tables } from './tables.js'

/**
 * In the order of their names. A released migration never changes. The first has the number of the events' format: databases of migrations
 * older than that cannot be updated, because their events have another form.
 */
export const migrations = { '0004-results': results, '0005-dial-windows': dialWindows, '0006-kept-lines': keptLines }
const [oldest = ''] = Object.keys(migrations)

const migrationTable = 'callsheet_migrations'

/**
 * Updates a database's tables. Two servers that start at once wait for each other.
 *
 * @throws {StoreError} when a newer Callsheet made the tables, or one that is too old.
 */
export async function migrate(db: Kysely<Tables>, place: string): Promise<void> {
  await refuseOtherFormat(db, place)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
  })
  const { error } = await migrator.migrateToLatest()
  if (error instanceof StoreError) throw error
  if (error !== undefined)
    throw storeFailure('failed', `Cannot bring the tables of ${shownPlace(place)} up to date`, error, 'Nothing was lost.')
}

/** Refuses tables of another version, without changing them. For readers. @throws {StoreError} */
export async function refuseOtherTables(db: Kysely<Tables>, place: string): Promise<void> {
  const made = await refuseOtherFormat(db, place)
  if (Object.keys(migrations).every(name => made.has(name))) return
  throw new StoreError(
    made.size === 0 ? 'not_found' : 'other_format',
    made.size === 0
      ? `There are no results in ${shownPlace(place)}: no server has used it yet.`
      : `The database ${shownPlace(place)} was made by an older Callsheet. Start callsheet serve with it once: that brings it up to date.`,
  )
}

/** @returns Names of the applied migrations. */
async function refuseOtherFormat(db: Kysely<Tables>, place: string): Promise<ReadonlySet<string>> {
  const made = await migrationsMade(db)
  const unknown = [...made].filter(name => !(name in migrations))
  if (unknown.length === 0) return made
  if (unknown.some(name => name < oldest)) {
    throw new StoreError(
      'other_format',
      `The database ${shownPlace(place)} has a format that this Callsheet does not read any more (${unknown.join(', ')}): ` +
        'use the Callsheet that made it, or name another database.',
    )
  }
  throw new StoreError(
    'other_format',
    `The database ${shownPlace(place)} was made by a newer Callsheet (it has ${unknown.join(', ')}). ` +
      'Update this one, or name another database.',
  )
}

async function migrationsMade(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === migrationTable)) return new Set()
  const table = db.withTables<{ [migrationTable]: { name: string } }>()
  return new Set((await table.selectFrom(migrationTable).select('name').execute()).map(({ name }) => name))
}
