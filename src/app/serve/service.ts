import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Environment } from '../../domain/environment.js'
import type { Database, IdempotencyKey, ResultRecord } from '../../ports/database.js'
import type { Recordings } from '../../ports/recordings.js'
import type { Egress } from '../../ports/channel.js'
import type { Adapters } from '../registry.js'
import type { Catalogue, Project } from './catalogue/catalogue.js'
import type { Conductor } from './conduct/conductor.js'
import type { LiveEvents } from './conduct/live-events.js'
import type { AnswerResult } from './answer/result-answers.js'
import type { RecordingLinks } from './answer/recording-links.js'
import type { Readiness } from './readiness.js'
import type { ContextOf } from './answer/result-context.js'
import type { ShortOf } from './answer/short-runs.js'
import type { LiveResults } from './pages/live-results.js'
import type { Reviewing } from './pages/review-result.js'
import type { Signing } from './pages/sign-result.js'
import type { ReportPageOf } from './pages/report-pages.js'
import type { Projects } from './projects.js'
import type { Sessions } from './sessions.js'

export type { IdempotencyKey, ResultRecord as ServedResult }

/** Everything that the server's use cases need. */
export interface Service extends AsyncDisposable {
  readonly database: Database
  readonly conductor: Conductor
  readonly live: LiveEvents
  readonly recordings: Recordings
  readonly recordingLinks: RecordingLinks
  readonly contextOf: ContextOf
  readonly shortOf: ShortOf
  readonly answerResult: AnswerResult
  readonly readiness: Readiness
  readonly reportPageOf: ReportPageOf
  readonly liveResults: LiveResults
  readonly reviewing: Reviewing
  readonly signing: Signing
  readonly sessions: Sessions
  readonly clock: Adapters['clock']
  readonly random: Adapters['random']
  readonly store: Adapters['store']
  /** Addresses that requests may make us connect to. */
  readonly egress: Egress
  readonly chats: Adapters['chats']
  readonly patterns: Adapters['patterns']
  /** What stored suites need to open: the folder for their folders, and the environment that they read. */
  readonly machine: { readonly cwd: string; readonly environment: Environment }
  /** The current catalogue; a reload replaces it. */
  catalogue(project: Project): Catalogue
  readonly projects: Projects
  /** Tells the suites' author about warnings that a request brings up, once. */
  warn(warnings: readonly Diagnostic[]): void
}
