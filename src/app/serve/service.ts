import type { Environment } from '../../domain/environment.js'
import type { Database, IdempotencyKey } from '../../ports/database.js'
import type { Adapters } from '../registry.js'
import type { Catalogue, Project } from './catalogue/catalogue.js'
import type { Conductor } from './conduct/conductor.js'
import type { LiveEvents } from './conduct/live-events.js'
import type { AnswerResult } from './answer/result-answers.js'
import type { ContextOf } from './answer/result-context.js'

export type { IdempotencyKey }

/** What every use case of the server works with. */
export interface Service extends AsyncDisposable {
  readonly database: Database
  readonly conductor: Conductor
  readonly live: LiveEvents
  readonly contextOf: ContextOf
  readonly answerResult: AnswerResult
  readonly clock: Adapters['clock']
  /** Where requests may have us connect to. */
  readonly egress: Adapters['egress']
  readonly chats: Adapters['chats']
  readonly patterns: Adapters['patterns']
  /** What opens suites that were kept: where their folders are, and what they read from the environment. */
  readonly machine: { readonly cwd: string; readonly environment: Environment }
  /** As it is now; a reload replaces it. */
  catalogue(project: Project): Catalogue
  readonly projects: Projects
}

/** Who may see what. */
export interface Projects {
  /** Whether requests without a key are let in: on loopback, where there are no keys. */
  readonly areOpen: boolean
  /** The project that a key belongs to. In constant time, whatever the key. */
  of(key: string | undefined): Project | undefined
  readonly all: readonly Project[]
}
