import type { Kysely, Migration } from 'kysely'

export const dialWindows: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('runs').addColumn('awaited_at', 'text').execute()
  },
}
