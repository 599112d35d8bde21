import type { Environment } from '../domain/environment.js'
import { load } from '../pipeline/load/load.js'
import { planDocument, type PlanRequest, type Preparation } from './plan-document.js'
import type { Adapters } from './registry.js'

/** A suite, and how to run it. */
export interface SuiteRequest extends PlanRequest {
  readonly environment: Environment
  /** Whether it will be run, or scored, at all; else nothing is needed to reach its models. Default: true. */
  readonly isToRun?: boolean
}

/** Loads a suite and plans its runs. Calls nobody. */
export async function prepare(request: SuiteRequest, use: Pick<Adapters, 'patterns'>): Promise<Preparation> {
  const { environment, isToRun = true, ...how } = request
  const { path, cwd, cassette } = how
  const models = !isToRun ? 'unused' : cassette?.mode === 'replay' ? 'replayed' : 'asked'
  const loaded = await load({ path, cwd, environment, patterns: use.patterns, models })
  if ('diagnostics' in loaded) return loaded
  const planned = planDocument(loaded.document, how)
  return 'diagnostics' in planned
    ? { diagnostics: [...loaded.warnings, ...planned.diagnostics] }
    : { ...planned, warnings: [...loaded.warnings, ...planned.warnings] }
}
