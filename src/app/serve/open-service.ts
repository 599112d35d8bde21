import type { Diagnostic } from '../../domain/diagnostic.js'
import type { ResultRecord } from '../../ports/database.js'
import { StoreError } from '../../ports/store.js'
import { importOptional } from '../optional-packages.js'
import type { Adapters } from '../registry.js'
import type { Catalogue } from './catalogue.js'
import { createConductor } from './conductor.js'
import { createLiveEvents } from './live-events.js'
import { loadCatalogue } from './load-catalogue.js'
import { openExecutor } from './open-executor.js'
import { createResultAnswers } from './result-answers.js'
import { createContexts } from './result-context.js'
import { resumeResults } from './resume-results.js'
import { createProjects, type ServedProject } from './projects.js'
import type { Service } from './service.js'

export interface ServiceOptions {
  readonly projects: readonly ServedProject[]
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
export async function openService(options: ServiceOptions, use: Adapters): Promise<Service> {
  const { openDatabase } = await importOptional(() => import('../../adapters/stores/database/database.js'), 'callsheet serve')
  const { cwd, environment } = options
  const database = await openDatabase(options.database)
  const catalogues = new Map<string, Catalogue>()
  for (const { project, paths } of options.projects) {
    const { catalogue, diagnostics } = await loadCatalogue({ project, paths, cwd, environment }, use, database)
    options.onDiagnostics(diagnostics)
    catalogues.set(project.key, catalogue)
  }
  const executor = await openExecutor(options, use)
  const live = createLiveEvents()
  const contextOf = createContexts(database)
  const conductor = createConductor({
    database,
    executor,
    live,
    clock: use.clock,
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
    projects: createProjects(options.projects),
    catalogue: project => catalogues.get(project.key) ?? unserved(project.key),
    async [Symbol.asyncDispose]() {
      await conductor[Symbol.asyncDispose]()
      await executor[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

function unserved(project: string): never {
  throw new RangeError(`There is no project ${project}.`)
}
