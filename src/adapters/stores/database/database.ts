import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { namedAs, type Database } from '../../../ports/database.js'
import { beAlone } from './alone.js'
import { assignIds } from './assign-ids.js'
import { beginResult } from './begin-result.js'
import { eventRows } from './event-rows.js'
import { forget } from './forget.js'
import { journalOf } from './journal.js'
import { whileBusy, type LossPatience } from './lost.js'
import { migrate } from './migrate.js'
import { connect } from './open.js'
import { resultQueries } from './result-queries.js'
import { runQueries } from './run-queries.js'
import { storedResult } from './stored-result.js'
import { createWriter } from './writer.js'

export interface DatabaseOptions extends LossPatience {
  /** If given, a database in use by another server is refused. Called while one is waited for, and if one takes over. */
  onOther?(why: string): void
}

/**
 * Opens the server's database, and updates its tables.
 *
 * @param place  A `postgres://` URL, or a folder.
 * @throws {StoreError}
 */
export async function openDatabase(place: string, options: DatabaseOptions = {}): Promise<Database> {
  const db = await connect(place)
  let alone: AsyncDisposable | undefined
  const close = async (): Promise<void> => {
    await db.destroy()
    await alone?.[Symbol.asyncDispose]()
  }
  try {
    if (options.onOther) alone = await beAlone(place, options.onOther)
    await whileBusy(() => migrate(db, place))
  } catch (cause) {
    await close()
    throw cause
  }
  const writer = createWriter(db, options)
  let linesKept = 0

  return {
    begin: (result, key) => whileBusy(() => beginResult(db, result, key)),
    journal: result => journalOf(db, writer, result, options.signal),
    read: result => storedResult(db, result),
    events: (result, after, limit) => eventRows(db, result, after, limit),
    forget: (endedBefore, now, clear) => forget(db, endedBefore, now, clear),
    ...resultQueries(db),
    ...runQueries(db),

    async ping() {
      await sql`select 1`.execute(db)
    },

    async keepDocument(digest, body) {
      const kept_at = new Date().toISOString()
      await whileBusy(() =>
        db.transaction().execute(tx =>
          tx
            .insertInto('documents')
            .values({ digest, body, kept_at })
            .onConflict(conflict => conflict.column('digest').doUpdateSet({ kept_at }))
            .execute(),
        ),
      )
    },

    async document(digest) {
      return (await db.selectFrom('documents').select('body').where('digest', '=', digest).executeTakeFirst())?.body
    },

    async assignIds(project, named) {
      const ids = await whileBusy(() => db.transaction().execute(tx => assignIds(tx, project, named)))
      return new Map(ids.map(({ kind, key, id }) => [namedAs(kind, key), id]))
    },

    async keepShareToken(hash, project, result, expiresAt) {
      const row = { hash, project, result, expires_at: expiresAt }
      await whileBusy(() => db.transaction().execute(tx => tx.insertInto('share_tokens').values(row).execute()))
    },

    async shared(hash, now) {
      return db
        .selectFrom('share_tokens')
        .select(['project', 'result'])
        .where('hash', '=', hash)
        .where('expires_at', '>', now)
        .executeTakeFirst()
    },

    async keepLine(result, file, body) {
      // Of lines in one millisecond, the number tells which came first; several servers may count.
      const id = `${String((linesKept += 1)).padStart(12, '0')} ${randomUUID()}`
      const row = { result, file, kept_at: new Date().toISOString(), id, body }
      await whileBusy(() => db.transaction().execute(tx => tx.insertInto('kept_lines').values(row).execute()))
    },

    async linesOf(result, file) {
      const rows = await db
        .selectFrom('kept_lines')
        .select('body')
        .where('result', '=', result)
        .where('file', '=', file)
        .orderBy('kept_at')
        .orderBy('id')
        .execute()
      return rows.map(({ body }) => body)
    },

    async [Symbol.asyncDispose]() {
      await writer.idle()
      await close()
    },
  }
}
