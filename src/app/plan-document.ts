import type { Diagnostic } from '../domain/diagnostic.js'
import type { Document } from '../domain/document.js'
import { knownSecrets } from '../domain/known-secrets.js'
import type { PlanOptions } from '../domain/plan-options.js'
import type { Plan } from '../domain/plan.js'
import { createMask, type Mask } from '../domain/mask.js'
import { planRuns } from '../pipeline/plan/plan-runs.js'
import { withinOpenFiles } from '../pipeline/plan/within-open-files.js'
import type { StartContext } from '../domain/start-context.js'
import type { CassetteRequest } from './registry.js'
import { secretsOf } from './request-secrets.js'

/** How to run a document. */
export interface PlanRequest {
  /** Path of the suite file, as the user typed it. */
  readonly path: string
  readonly cwd: string
  readonly options: PlanOptions
  /** Where to record the models' answers, or to read them from. */
  readonly cassette?: CassetteRequest
  /** How many files and sockets the process may have open. Default: as many as it needs. */
  readonly openFiles?: number
  /** Where, by whom and from what it is started, as far as that is known. */
  readonly context?: StartContext
}

/** A suite that is ready to run. */
export interface Prepared {
  readonly request: PlanRequest
  readonly document: Document
  readonly plan: Plan
  /** Masks the secrets of the document and the request. */
  readonly mask: Mask
  readonly warnings: readonly Diagnostic[]
}

export type Preparation = Prepared | { readonly diagnostics: readonly Diagnostic[] }

/**
 * Plans a document, and makes the mask of all secrets in the document and the request. Every run starts from here. Calls
 * no agent.
 *
 * @param request  Without `path`, the path of the document's first source.
 */
export function planDocument(document: Document, request: Omit<PlanRequest, 'path'> & Partial<PlanRequest>): Preparation {
  const { path = document.sources[0]?.path ?? '', options } = request
  const planned = planRuns(document, options)
  if ('diagnostics' in planned) return { diagnostics: masked(planned.diagnostics, document) }
  const asked = options.request ? secretsOf(options.request) : []
  const { plan, warnings } = withinOpenFiles(planned.plan, request.openFiles)
  // An agent's address may come from the command line.
  const agents = [...document.agents, ...plan.entries.map(({ agent }) => agent)]
  const mask = createMask([...knownSecrets({ ...document, agents }), ...asked])
  return { request: { ...request, path }, document, plan, mask, warnings: [...masked(planned.warnings, document), ...warnings] }
}

/** Messages quote what the suite says, and that may be read from the environment. */
function masked(diagnostics: readonly Diagnostic[], document: Document): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics
  const mask = createMask(knownSecrets(document))
  return diagnostics.map(each => ({ ...each, message: mask.text(each.message), ...(each.hint && { hint: mask.text(each.hint) }) }))
}
