import type { Database, RunStanding } from '../../../ports/database.js'

/** How all runs of a result stand, by index. */
export async function standingsOf(database: Pick<Database, 'standings'>, result: number): Promise<RunStanding[]> {
  const standings: RunStanding[] = []
  for await (const batch of database.standings(result)) standings.push(...batch)
  return standings
}
