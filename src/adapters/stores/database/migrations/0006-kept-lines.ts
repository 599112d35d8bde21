import type { Kysely, Migration } from 'kysely'

export const keptLines: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('kept_lines')
      .addColumn('result', 'integer', column => column.notNull())
      .addColumn('file', 'text', column => column.notNull())
      .addColumn('kept_at', 'text', column => column.notNull())
      .addColumn('id', 'text', column => column.notNull())
      .addColumn('body', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('kept_lines_key', ['result', 'file', 'kept_at', 'id'])
      .execute()
  },
}
