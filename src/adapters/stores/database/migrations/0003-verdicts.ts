import type { Kysely, Migration } from 'kysely'
import type { SuiteStarted } from '../../../../domain/event.js'
import type { Report } from '../../../../domain/report.js'

/** What lists of results are filtered by. */
export const verdicts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('results').addColumn('verdict', 'text').execute()
    await db.schema.alterTable('results').addColumn('branch', 'text').execute()
    await fillIn(db)
  },
}

interface FilledRow {
  id: number
  started: string
  report: string | null
  verdict: string | null
  branch: string | null
}

/** Results that are there already. */
async function fillIn(database: Kysely<unknown>): Promise<void> {
  const db = database as Kysely<{ results: FilledRow }>
  for (let after = 0; ;) {
    const row = await db
      .selectFrom('results')
      .select(['id', 'started', 'report'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (!row) return
    const { context } = JSON.parse(row.started) as SuiteStarted
    const report = row.report === null ? undefined : (JSON.parse(row.report) as Report)
    const filled = { verdict: report?.gate.verdict ?? null, branch: context?.vcs?.branch ?? null }
    await db.updateTable('results').set(filled).where('id', '=', row.id).execute()
    after = row.id
  }
}
