import type { RunStanding } from '../../ports/database.js'
import type { Project } from './catalogue.js'
import { notFound } from './refusal.js'
import { resultView } from './result-views.js'
import type { Service } from './service.js'

/** `GET results/{id}/`. @throws {Refusal} 404 */
export async function readResult({ database }: Pick<Service, 'database'>, project: Project, id: number): Promise<object> {
  const result = await database.result(project.key, id)
  if (!result) throw notFound()
  const standings: RunStanding[] = []
  for await (const batch of database.standings(id)) standings.push(...batch)
  return resultView(result, standings)
}
