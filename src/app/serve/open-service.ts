import { createHash, timingSafeEqual } from 'node:crypto'
import type { Diagnostic } from '../../domain/diagnostic.js'
import type { ResultRecord } from '../../ports/database.js'
import { StoreError } from '../../ports/store.js'
import { importOptional } from '../optional-packages.js'
import type { Adapters } from '../registry.js'
import { withSharedModels } from '../shared-models.js'
import type { Catalogue, Project } from './catalogue.js'
import { createConductor } from './conductor.js'
import { createLiveEvents } from './live-events.js'
import { loadCatalogue } from './load-catalogue.js'
import { openExecutor } from './open-executor.js'
import { createResultAnswers } from './result-answers.js'
import { createContexts } from './result-context.js'
import { resumeResults } from './resume-results.js'
import type { Projects, Service } from './service.js'

export interface ServiceOptions {
  /** Suite files, and folders of such. */
  readonly paths: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A `postgres://` URL, or the folder of an embedded database. */
  readonly database: string
  /** Conversations at once, of all results. */
  readonly concurrency: number
  /** `redis://` URL of the queue whose workers hold the conversations; where it is left out, this process does. */
  readonly queue?: string
  /** Told of what is wrong with the suites, at start and at each reload. */
  onDiagnostics(diagnostics: readonly Diagnostic[]): void
  /** Told of a result that could not be brought to its end. */
  onTrouble(result: Pick<ResultRecord, 'id'>, why: string): void
}

export { StoreError }

/** Opens the database, loads the suites, and goes on with what was not over. @throws {StoreError} */
export async function openService(options: ServiceOptions, own: Adapters): Promise<Service> {
  const use = withSharedModels(own)
  const { openDatabase } = await importOptional(() => import('../../adapters/stores/database/database.js'), 'callsheet serve')
  const { cwd, environment, paths } = options
  const database = await openDatabase(options.database)
  const project: Project = { key: 'default', id: 1, name: 'Default' }
  const { catalogue, diagnostics } = await loadCatalogue({ project, paths, cwd, environment }, use, database)
  options.onDiagnostics(diagnostics)
  const executor = await openExecutor(options, use)
  const live = createLiveEvents()
  const contextOf = createContexts(database)
  const conductor = createConductor({
    database,
    executor,
    live,
    adapters: use,
    onFailure: (id, cause) => options.onTrouble({ id }, cause instanceof Error ? cause.message : String(cause)),
  })
  await resumeResults({ database, conductor }, { cwd, environment }, (result, why) => options.onTrouble(result, why))

  return {
    database,
    conductor,
    live,
    contextOf,
    answerResult: createResultAnswers(database, contextOf),
    clock: use.clock,
    egress: use.egress,
    chats: use.chats,
    projects: projectsOf(project, environment['CALLSHEET_API_KEY']),
    catalogue: (_project: Project): Catalogue => catalogue,
    async [Symbol.asyncDispose]() {
      await conductor[Symbol.asyncDispose]()
      await executor[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** One project, and one key to it; without a key it is open. */
function projectsOf(project: Project, apiKey: string | undefined): Projects {
  const known = apiKey === undefined ? undefined : hashed(apiKey)
  return {
    areOpen: known === undefined,
    all: [project],
    of: key => (known !== undefined && key !== undefined && timingSafeEqual(known, hashed(key)) ? project : undefined),
  }
}

function hashed(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
