import type { Diagnostic } from '../domain/diagnostic.js'
import type { Document } from '../domain/document.js'
import type { Plan } from '../domain/plan.js'
import { knownSecrets } from '../domain/known-secrets.js'
import { createRedactor, type Redact } from '../domain/redactor.js'
import { load } from '../pipeline/load/load.js'
import type { PlanOptions } from '../domain/plan-options.js'
import { planRuns } from '../pipeline/plan/plan-runs.js'
import type { Adapters, CassetteRequest } from './registry.js'

/** A suite, and how to run it. */
export interface SuiteRequest {
  /** Path of the suite file, as the user typed it. */
  readonly path: string
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly options: PlanOptions
  /** Where what models answer is recorded, or read from. */
  readonly cassette?: CassetteRequest
  /** Whether it will be run, or scored, at all; else nothing is needed to reach its models. Default: true. */
  readonly isToRun?: boolean
}

/** A suite that may be run. */
export interface Prepared {
  readonly request: SuiteRequest
  readonly document: Document
  readonly plan: Plan
  readonly redact: Redact
  readonly warnings: readonly Diagnostic[]
}

export type { PlanOptions }

export type Preparation = Prepared | { readonly diagnostics: readonly Diagnostic[] }

/** Loads a suite and plans its runs. Calls nobody. */
export async function prepare(request: SuiteRequest, use: Pick<Adapters, 'patterns'>): Promise<Preparation> {
  const { path, cwd, environment, options, cassette, isToRun = true } = request
  const models = !isToRun ? 'unused' : cassette?.mode === 'replay' ? 'replayed' : 'asked'
  const loaded = await load({ path, cwd, environment, patterns: use.patterns, models })
  if ('diagnostics' in loaded) return loaded
  const { document } = loaded
  const planned = planRuns(document, options)
  if ('diagnostics' in planned) return { diagnostics: [...loaded.warnings, ...planned.diagnostics] }
  const warnings = [...loaded.warnings, ...planned.warnings]
  return { request, document, plan: planned.plan, redact: createRedactor(knownSecrets(document)), warnings }
}
