import { addAll } from '../../../domain/add-all.js'
import type { Database, RunStanding } from '../../../ports/database.js'

/** The states of all runs of a result, by index. */
export async function standingsOf(database: Pick<Database, 'standings'>, result: number): Promise<RunStanding[]> {
  const standings: RunStanding[] = []
  for await (const batch of database.standings(result)) addAll(standings, batch)
  return standings
}
