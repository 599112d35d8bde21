import { resolve } from 'node:path'
import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Environment } from '../../domain/environment.js'
import type { ResultRecord } from '../../ports/database.js'
import { inFoldersOfResults } from '../../adapters/recordings/in-folder.js'
import { createWorkFolder } from '../../adapters/recordings/work-folder.js'
import { passphraseOf } from '../attest/read-signing-key.js'
import { importOptional } from '../optional-packages.js'
import type { Adapters } from '../registry.js'
import { withSharedModels } from '../shared-models.js'
import { shareSpeech } from '../shared-speech.js'
import { createConductor } from './conduct/conductor.js'
import { createLiveEvents } from './conduct/live-events.js'
import { openExecutor } from './conduct/open-executor.js'
import { secretName } from '../queue/seal-options.js'
import { createRecordingLinks } from './answer/recording-links.js'
import { createResultAnswers } from './answer/result-answers.js'
import { createContexts } from './answer/result-context.js'
import { createShortOf } from './answer/short-runs.js'
import { keepResuming } from './conduct/resume-results.js'
import { createLiveResults } from './pages/live-results.js'
import { createReportPages } from './pages/report-pages.js'
import { createReviewing } from './pages/review-result.js'
import { createSigning } from './pages/sign-result.js'
import { createReadiness } from './readiness.js'
import { keepForgetting } from './retention.js'
import { createProjects, type ServedProject } from './projects.js'
import { createSessions } from './sessions.js'
import type { Service } from './service.js'
import { createWarnings } from './catalogue/warn-once.js'
import { watchSuites } from './catalogue/watch-suites.js'

export interface ServiceOptions {
  readonly projects: readonly ServedProject[]
  readonly cwd: string
  /** Absolute folder in which includes may lead anywhere. Default: each suite's git work tree, or without one its own folder. */
  readonly root?: string
  readonly environment: Environment
  /** A `postgres://` URL, or the folder of an embedded database. */
  readonly database: string
  /** Folder of what does not belong in a database elsewhere. Default: `.callsheet/server`. */
  readonly data?: string
  /** Where recordings are kept: an absolute folder, or `s3://`. Default: beside the embedded database, or in `data`. */
  readonly recordingsTo?: string | undefined
  /** Conversations in progress at most, over all results. */
  readonly concurrency: number
  /** File of the private key with which the server attests results that people sign off. */
  readonly attest?: string | undefined
  /** `redis://` URL of the queue whose workers conduct the conversations. Default: this process conducts them. */
  readonly queue?: string
  /** Called with the suites' mistakes, at start and at each reload. */
  onDiagnostics(diagnostics: readonly Diagnostic[]): void
  /** How long results are kept once they are over. Default: forever. */
  readonly keepMs?: number | undefined
  /** When aborted, stops waiting for a lost database. */
  readonly now?: AbortSignal
  /** Called with a sentence for the operator. */
  onNote?(text: string): void
  /** Called with a result that could not reach its end. */
  onTrouble(result: Pick<ResultRecord, 'id'>, why: string): void
}

/** Opens the database, loads the suites, and resumes unfinished results. @throws {StoreError | QueueError | PackageMissing} */
export async function openService(options: ServiceOptions, own: Adapters): Promise<Service> {
  const speech = shareSpeech(withSharedModels(own))
  const { use } = speech
  const { openDatabase } = await importOptional(() => import('../../adapters/stores/database/database.js'), 'callsheet serve')
  const { cwd, root, environment } = options
  const { onNote = () => undefined } = options
  let isDatabaseLost = false
  const database = await openDatabase(options.database, {
    onLost({ message }) {
      isDatabaseLost = true
      onNote(`${message} No run starts until it is back.`)
    },
    onBack() {
      isDatabaseLost = false
      onNote('The database is back.')
    },
    onOther: onNote,
    signal: options.now,
  })
  const served = options.projects.map(({ project, paths }) => ({ project, paths, cwd, ...(root !== undefined && { root }), environment }))
  const warnings = createWarnings(options.onDiagnostics)
  const suites = await watchSuites(served, use, database, warnings.show)
  const executor = await openExecutor(options, use)
  const work = createWorkFolder()
  const recordings =
    options.recordingsTo === undefined ? inFoldersOfResults(homeOf(options)) : await use.recordings(options.recordingsTo, work)
  const signing = createSigning(
    { ...use, database },
    { projects: options.projects, attest: options.attest, passphrase: passphraseOf(environment) },
  )
  const live = createLiveEvents()
  const contextOf = createContexts(database)
  const conductor = createConductor({
    database,
    executor,
    live,
    recordings,
    adapters: use,
    onFailure: (id, cause) => options.onTrouble({ id }, cause instanceof Error ? cause.message : String(cause)),
  })
  const resuming = await keepResuming({ database, conductor, clock: use.clock }, { cwd, environment, onTrouble: options.onTrouble })
  const forgetting = keepForgetting(database, use.clock, {
    keepMs: options.keepMs,
    recordings,
    catalogues: () => suites.all,
    onTrouble: onNote,
  })

  const projects = createProjects(options.projects)
  const keys = options.projects.flatMap(each => each.keys)
  const liveResults = createLiveResults({ database, live, clock: use.clock, onTrouble: onNote })

  return {
    database,
    conductor,
    live,
    recordings,
    recordingLinks: createRecordingLinks(environment[secretName], use.clock),
    contextOf,
    shortOf: createShortOf(database),
    answerResult: createResultAnswers(database, contextOf, live),
    readiness: createReadiness({ database, isDatabaseLost: () => isDatabaseLost, executor, conductor }),
    reportPageOf: createReportPages({ ...use, database, recordings }),
    signing,
    reviewing: createReviewing({ ...use, database }),
    liveResults,
    sessions: createSessions(projects, keys, environment[secretName], use.clock),
    clock: use.clock,
    random: use.random,
    store: use.store,
    egress: await use.egress(),
    chats: use.chats,
    patterns: use.patterns,
    machine: { cwd, environment },
    projects,
    catalogue: suites.catalogue,
    warn: warnings.showNew,
    async [Symbol.asyncDispose]() {
      for (const each of [suites, resuming, liveResults]) each[Symbol.dispose]()
      await forgetting[Symbol.asyncDispose]()
      await conductor[Symbol.asyncDispose]()
      await executor[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await speech[Symbol.asyncDispose]()
      work[Symbol.dispose]()
    },
  }
}

/** The folder of the embedded database, or what stands for it where the database is elsewhere. */
function homeOf({ database, data = '.callsheet/server', cwd }: ServiceOptions): string {
  return resolve(cwd, database.includes('://') ? data : database)
}
