import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../ports/database.js'
import { limited, paged } from './pages.js'
import { searchable } from './plain-text.js'
import { resultRecord } from './records.js'
import type { Tables } from './tables.js'

/** Queries for results. */
export function resultQueries(db: Kysely<Tables>): Pick<Database, 'result' | 'revision' | 'results' | 'unfinished'> {
  return {
    async result(project, id) {
      const row = await db.selectFrom('results').selectAll().where('id', '=', id).where('project', '=', project).executeTakeFirst()
      return row && resultRecord(row)
    },

    async revision(project, id) {
      const row = await db.selectFrom('results').select('revision').where('id', '=', id).where('project', '=', project).executeTakeFirst()
      return row?.revision
    },

    async results(project, { agentId, search, suite, verdict, branch }, page) {
      let query = db.selectFrom('results').where('project', '=', project)
      if (agentId !== undefined) query = query.where('agent_id', '=', agentId)
      if (suite !== undefined) query = query.where('suite', '=', suite)
      if (verdict !== undefined) query = query.where('verdict', '=', verdict)
      if (branch !== undefined) query = query.where('branch', '=', branch)
      if (search !== undefined)
        query = query.where('searched', 'like', sql<string>`${`%${searchable(search).replaceAll(/[%_!]/g, '!$&')}%`} escape '!'`)
      return paged(query, rows =>
        rows
          .selectAll()
          .orderBy('id', 'desc')
          .$call(limited(page))
          .execute()
          .then(found => found.map(resultRecord)),
      )
    },

    async unfinished() {
      return (await db.selectFrom('results').selectAll().where('state', '<>', 'ended').orderBy('id').execute()).map(resultRecord)
    },
  }
}
