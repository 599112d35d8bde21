import type { Kysely } from 'kysely'
import type { Database } from '../../../ports/database.js'
import { limited, paged } from './pages.js'
import { runRecord, runStanding, standingColumns } from './records.js'
import type { Tables } from './tables.js'

/** How many runs to read at a time. */
const batch = 256

/** Queries for runs. */
export function runQueries(db: Kysely<Tables>): Pick<Database, 'run' | 'runs' | 'runsById' | 'standings'> {
  const runsIn = (project: string) =>
    db.selectFrom('runs').innerJoin('results', 'results.id', 'runs.result').where('results.project', '=', project)

  return {
    async run(project, id) {
      const row = await runsIn(project).selectAll('runs').select('results.revision').where('runs.id', '=', id).executeTakeFirst()
      return row && runRecord(row)
    },

    async runs(project, { result, scenarioId, agentId }, page) {
      let query = runsIn(project)
      if (result !== undefined) query = query.where('runs.result', '=', result)
      if (scenarioId !== undefined) query = query.where('runs.scenario_id', '=', scenarioId)
      if (agentId !== undefined) query = query.where('results.agent_id', '=', agentId)
      return paged(query, rows =>
        rows
          .selectAll('runs')
          .select('results.revision')
          .orderBy('runs.id')
          .$call(limited(page))
          .execute()
          .then(found => found.map(runRecord)),
      )
    },

    async runsById(project, ids) {
      if (ids.length === 0) return []
      const rows = await runsIn(project)
        .selectAll('runs')
        .select('results.revision')
        .where('runs.id', 'in', [...ids])
        .execute()
      const byId = new Map(rows.map(row => [row.id, runRecord(row)]))
      return ids.flatMap(id => byId.get(id) ?? [])
    },

    async *standings(result, from = 0) {
      for (let after = from - 1; ;) {
        const rows = await db
          .selectFrom('runs')
          .select(standingColumns)
          .where('result', '=', result)
          .where('idx', '>', after)
          .orderBy('idx')
          .limit(batch)
          .execute()
        if (rows.length === 0) return
        yield rows.map(runStanding)
        after = rows.at(-1)?.idx ?? Infinity
      }
    },
  }
}
