import type { Project } from '../catalogue/catalogue.js'
import type { ResultSummary } from '../generated/answers.js'
import type { ResultsQuery } from '../generated/requests.js'
import { filterId, pageOf, refuseBeyond, type Page } from './read-page.js'
import { resultSummaryView } from './result-views.js'
import type { Service } from '../service.js'

/** `GET results/`: the newest first. */
export async function readResults(
  { database }: Pick<Service, 'database'>,
  project: Project,
  query: ResultsQuery,
): Promise<Page<ResultSummary>> {
  const page = pageOf(query)
  if (isElsewhere(query, project)) return refuseBeyond({ count: 0, items: [] }, page)
  const { agent_id: agent, search } = query
  const found = await database.results(
    project.key,
    { ...(agent !== undefined && { agentId: filterId(agent) }), ...(search !== undefined && { search }) },
    page,
  )
  return refuseBeyond({ count: found.count, items: found.items.map(resultSummaryView) }, page)
}

/** Whether the query asks for another project: the list is then empty. */
export function isElsewhere({ project_id: id }: { readonly project_id?: string }, project: Project): boolean {
  return id !== undefined && Number(id) !== project.id
}
