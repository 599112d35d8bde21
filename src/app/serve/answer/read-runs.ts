import type { RunRecord } from '../../../ports/database.js'
import type { Project } from '../catalogue/catalogue.js'
import type { RunsQuery } from '../generated/requests.js'
import { filterId, pageOf, refuseBeyond, type Page } from './read-page.js'
import { isElsewhere } from './read-result.js'
import { notFound, Refusal } from '../refusal.js'
import type { ListenUrl, Run } from '../generated/answers.js'
import { recordingOf } from './recording-of.js'
import { runView } from './run-views.js'
import type { Service } from '../service.js'

type RunsUse = Pick<Service, 'database' | 'contextOf' | 'shortOf' | 'recordingLinks' | 'live'> & {
  /** The URL of a path, as the client writes it. */
  readonly urlOf: (path: string) => string
}

/** `GET runs/{id}/`. @throws {Refusal} 404 */
export async function readRun(use: RunsUse, project: Project, id: number): Promise<Run> {
  const run = await use.database.run(project.key, id)
  if (!run) throw notFound()
  const [view] = await runViews(use, project, [run])
  if (!view) throw notFound()
  return view
}

/** `GET runs/`. */
export async function readRuns(use: RunsUse, project: Project, query: RunsQuery): Promise<Page<Run>> {
  const page = pageOf(query)
  if (isElsewhere(query, project)) return refuseBeyond({ count: 0, items: [] }, page)
  const { result_id: result, scenario_id: scenario, agent_id: agent } = query
  const filter = {
    ...(result !== undefined && { result: filterId(result) }),
    ...(scenario !== undefined && { scenarioId: filterId(scenario) }),
    ...(agent !== undefined && { agentId: filterId(agent) }),
  }
  const found = await use.database.runs(project.key, filter, page)
  return refuseBeyond({ count: found.count, items: await runViews(use, project, found.items) }, page)
}

const mostAtOnce = 500

/**
 * `GET runs/bulk/`: the runs that exist, in the order of the request, each once.
 *
 * @param runIds  `1,2,3`
 * @throws {Refusal} 400 for more ids than one answer allows.
 */
export async function readRunsInBulk(use: RunsUse, project: Project, runIds: string): Promise<Run[]> {
  const ids = [...new Set(runIds.split(',').map(filterId))]
  if (ids.length > mostAtOnce) throw new Refusal(400, { run_ids: [`Ask for at most ${mostAtOnce} runs.`] })
  return runViews(use, project, await use.database.runsById(project.key, ids))
}

/** `GET runs/{id}/get_listen_url/`: where the recording of a run is, for a while. @throws {Refusal} 404 */
export async function readListenUrl({ database, recordingLinks, urlOf }: RunsUse, project: Project, id: number): Promise<ListenUrl> {
  const run = await database.run(project.key, id)
  if (!run) throw notFound()
  if (!recordingOf(run))
    throw new Refusal(404, { detail: run.state === 'ended' ? 'This run has no recording.' : 'This run is not over yet.' })
  const { token, expiresAt } = recordingLinks.of(project.key, id)
  return { listen_url: urlOf(recordingPath(token)), expires_at: expiresAt.toISOString() }
}

function recordingPath(token: string): string {
  return `/recordings/${token}`
}

async function runViews(
  { contextOf, shortOf, recordingLinks, live, urlOf }: RunsUse,
  project: Project,
  runs: readonly RunRecord[],
): Promise<Run[]> {
  const views: Run[] = []
  const recordingUrl = ({ id }: RunRecord): string => urlOf(recordingPath(recordingLinks.of(project.key, id).token))
  for (const run of runs) {
    const isShort = await shortOf(project.key, run)
    const wait = live.waits(run.result).find(({ index }) => index === run.index)
    views.push(runView(run, await contextOf(project.key, run.result), { isShort, wait, recordingUrl }))
  }
  return views
}
