import { closeSync, openSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import type Postgres from 'pg'
import { importOptional } from '../../../ports/package-missing.js'
import { StoreError } from '../../../ports/store.js'
import { storeFailure } from '../failure.js'
import { makeFolders, privateFile, privateFolder } from '../make-folders.js'
import { codeOf } from './lost.js'
import { explainedDialect } from './explained-dialect.js'
import { keepingStatements } from './kept-statements.js'
import type { Tables } from './tables.js'

/** The file of an embedded database, in its folder. */
export const databaseFile = 'callsheet.db'

/** How long the start waits for a writer in another process, while nothing else is to be done. */
const openingTimeoutMs = 10_000
/** How long a statement then holds up the whole process for such a writer. {@link whileBusy} tries again. */
const busyTimeoutMs = 20
/** How long PostgreSQL may be silent while a statement waits for it. */
const silenceMs = 10_000
const connections = 10
const connectTimeoutMs = 10_000

/**
 * Connects to a database.
 *
 * @param place  A `postgres://` URL, or a folder for an embedded database, which is created if missing.
 * @throws {StoreError}
 */
export async function connect(place: string): Promise<Kysely<Tables>> {
  if (isPostgres(place) && URL.canParse(place)) return await connectPostgres(place)
  // As a folder it would be made in silence.
  if (/^[\w+.-]+:\/\//.test(place)) throw new StoreError('unwritable', 'The database is a postgres:// URL, or a folder.')
  return await openEmbedded(place)
}

export function isPostgres(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place)
}

/** The place for messages, without user and password. */
export function shownPlace(place: string): string {
  return isPostgres(place) ? place.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '') : join(place, databaseFile)
}

async function openEmbedded(folder: string): Promise<Kysely<Tables>> {
  const { default: Libsql } = await importOptional(() => import('libsql'), 'The database', 'libsql@0.5')
  const path = join(folder, databaseFile)
  try {
    makeFolders(folder, privateFolder)
    // SQLite gives its other files the mode of this one.
    closeSync(openSync(path, 'a', privateFile))
    const file = new Libsql(path)
    // Writes survive `kill -9` at once, and a power cut except for the last moments.
    file.exec(
      `PRAGMA busy_timeout = ${openingTimeoutMs}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = ${busyTimeoutMs}`,
    )
    leaveToItself(folder)
    const explain = (cause: unknown): StoreError =>
      storeFailure(codeOf(cause), `Cannot use ${path}`, cause, 'What was written before is kept.')
    // If two processes read and then want to write, one would fail, so each waits before it reads. This also covers
    // making tables, which SQLite can do in a transaction.
    // Not as a prepared statement: libsql leaves one that found the file locked open, and then cannot commit any more.
    const begin = (): void => void file.exec('BEGIN IMMEDIATE')
    const how = { explain, begin, supportsTransactionalDdl: true }
    return new Kysely<Tables>({ dialect: explainedDialect(new SqliteDialect({ database: keepingStatements(file) }), how) })
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot open ${path}`, cause, 'Name a folder that you may write.')
  }
}

/** Makes Git ignore the folder. */
function leaveToItself(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' })
  } catch {
    // It exists already.
  }
}

async function connectPostgres(url: string): Promise<Kysely<Tables>> {
  const { Pool } = await loadPostgres()
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: 'callsheet',
  })
  // The pool replaces a connection that is lost while idle; the next query reports a problem.
  pool.on('error', () => undefined)
  pool.on('connect', client => {
    client.on('error', () => undefined)
    endIfSilent(client)
  })
  const explain = (cause: unknown): StoreError => postgresFailure(url, cause)
  return new Kysely<Tables>({ dialect: explainedDialect(new PostgresDialect({ pool }), { explain }) })
}

/** A server that hangs keeps its connections open. They end, and what waits for them fails; idle ones are replaced. */
function endIfSilent(client: Postgres.PoolClient): void {
  const { stream } = (client as Postgres.PoolClient & { readonly connection: { readonly stream: Socket } }).connection
  stream.setTimeout(silenceMs, () => stream.destroy(new Error(`Connection terminated: no answer for ${silenceMs / 1000} s`)))
}

export function postgresFailure(url: string, cause: unknown): StoreError {
  return storeFailure(
    codeOf(cause),
    `Cannot use the database ${shownPlace(url)}`,
    cause,
    'Look whether it runs, and takes connections from here.',
  )
}

/** @throws {PackageMissing} */
export async function loadPostgres(): Promise<typeof Postgres> {
  return (await importOptional(() => import('pg'), 'The database', 'pg@8')).default
}
