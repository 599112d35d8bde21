import type { Environment } from '../domain/environment.js'
import { load } from '../pipeline/load/load.js'
import { planDocument, type PlanRequest, type Preparation } from './plan-document.js'
import type { Adapters } from './registry.js'

export interface SuiteRequest extends PlanRequest {
  /** Absolute folder in which includes may lead anywhere. Default: the suite's git work tree, or without one its own folder. */
  readonly root?: string
  readonly environment: Environment
  /** Whether the suite will be run or scored. If not, the keys of its models may be missing. Default: true. */
  readonly isToRun?: boolean
}

/** Loads and plans a suite. Calls no agent. */
export async function prepare(request: SuiteRequest, use: Pick<Adapters, 'patterns'>): Promise<Preparation> {
  const { environment, isToRun = true, root, ...how } = request
  const { path, cwd, cassette } = how
  const models = !isToRun ? 'unused' : cassette?.mode === 'replay' ? 'replayed' : 'asked'
  const loaded = await load({ path, cwd, ...(root !== undefined && { root }), environment, patterns: use.patterns, models })
  if ('diagnostics' in loaded) return loaded
  const planned = planDocument(loaded.document, how)
  return 'diagnostics' in planned
    ? { diagnostics: [...loaded.warnings, ...planned.diagnostics] }
    : { ...planned, warnings: [...loaded.warnings, ...planned.warnings] }
}
