import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { StoreError } from '../../../ports/store.js'
import { storeFailure } from '../failure.js'
import type { Tables } from './tables.js'

/** The file of an embedded database, in its folder. */
export const databaseFile = 'callsheet.db'

/** How long a writer waits for another process that writes. */
const busyTimeoutMs = 10_000
const connections = 10

/**
 * Connects to a database.
 *
 * @param place  A `postgres://` URL, or the folder of an embedded one, which is made.
 * @throws {StoreError}
 */
export async function connect(place: string): Promise<Kysely<Tables>> {
  return isPostgres(place) ? await connectPostgres(place) : await openEmbedded(place)
}

export function isPostgres(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place)
}

async function openEmbedded(folder: string): Promise<Kysely<Tables>> {
  const { default: Libsql } = await importOrExplain(() => import('libsql'), 'libsql')
  const path = join(folder, databaseFile)
  try {
    mkdirSync(folder, { recursive: true })
    const file = new Libsql(path)
    // What is written survives `kill -9` at once, and a power cut but for the last moments.
    file.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = ${busyTimeoutMs}`)
    return new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) })
  } catch (cause) {
    throw storeFailure(`Cannot open ${path}`, cause, 'Name a folder that you may write: --data <folder>.')
  }
}

async function connectPostgres(url: string): Promise<Kysely<Tables>> {
  const { default: pg } = await importOrExplain(() => import('pg'), 'pg')
  const pool = new pg.Pool({ connectionString: url, max: connections, allowExitOnIdle: true })
  // A connection that is lost while nobody uses it is replaced by the pool.
  pool.on('error', () => undefined)
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

async function importOrExplain<Module>(load: () => Promise<Module>, name: string): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause
    throw new StoreError(`This needs the package ${name}, which is not installed: npm install --save-dev ${name}`)
  }
}
