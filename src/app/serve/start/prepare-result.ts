import { knownSecrets } from '../../../domain/known-secrets.js'
import { createRedactor } from '../../../domain/redactor.js'
import type { RunRequest } from '../../../domain/run-request.js'
import type { Document } from '../../../domain/document.js'
import type { PlanOptions } from '../../../domain/plan-options.js'
import { planRuns } from '../../../pipeline/plan/plan-runs.js'
import type { Preparation } from '../../prepare.js'
import { secretsOf } from '../../request-secrets.js'

/** Plans what a request asks for. Calls nobody. */
export function prepareRequest(document: Document, request: RunRequest, cwd: string): Preparation {
  const options: PlanOptions = { request }
  const planned = planRuns(document, options)
  if ('diagnostics' in planned) return planned
  const redact = createRedactor([...knownSecrets(document), ...secretsOf(request)])
  const path = document.sources[0]?.path ?? ''
  return { request: { path, cwd, environment: {}, options }, document, plan: planned.plan, redact, warnings: planned.warnings }
}
