import type { Diagnostic } from '../../../domain/diagnostic.js'
import type { ResultId } from '../../../domain/ids.js'
import { knownSecrets } from '../../../domain/known-secrets.js'
import { createMask, type Mask } from '../../../domain/mask.js'
import type { RunRequest } from '../../../domain/run-request.js'
import type { IdempotencyKey } from '../../../ports/database.js'
import { planDocument } from '../../plan-document.js'
import { addressField, secretsOf } from '../../request-secrets.js'
import { startedEvent } from '../../started-event.js'
import type { CatalogueSuite, Project } from '../catalogue/catalogue.js'
import type { RunScenarios } from '../generated/requests.js'
import { notFound, QueueError, Refusal, type FieldErrors } from '../refusal.js'
import type { StartedResult } from '../answer/result-views.js'
import type { Service } from '../service.js'
import { standingsOf } from '../conduct/standings.js'

/** A request in the names of a suite, ready to start. */
export interface WantedResult {
  readonly suite: CatalogueSuite
  readonly request: RunRequest
  readonly rerunOf?: number
}

/** Stores a result with all its runs, and starts it. Resolves when the result is durable, before the first call. */
export async function startResult(
  service: Service,
  project: Project,
  { suite, request, rerunOf }: WantedResult,
  key?: IdempotencyKey,
): Promise<StartedResult> {
  const { database, conductor, clock, machine } = service
  const prepared = planDocument(suite.document, { cwd: machine.cwd, options: { request } })
  if ('diagnostics' in prepared) throw refuseDiagnostics(prepared.diagnostics, createMask(knownSecrets(suite.document)))
  // Scenarios that a request brings are its author's: the answer tells.
  if (!request.bringsScenarios) service.warn(prepared.warnings.filter(({ code }) => fieldsMeant[code] === undefined))
  const refused = conductor.refusal(request)
  if (refused !== undefined) throw new Refusal(400, { [onlyInAddress(request) ? addressField : 'websocket_headers']: [refused] })
  const speechless = await conductor.speechRefusal(prepared)
  if (speechless !== undefined) throw new Refusal(400, { non_field_errors: [speechless] })
  if (conductor.isQueueLost(request)) throw new QueueError('The queue does not answer, so no run was started.')
  const createdAt = clock.date().toISOString()
  const agent = suite.document.agents.find(each => each.key === request.agent)
  const begun = await database.begin(
    {
      project: project.key,
      suite: suite.key,
      agentId: agent?.id ?? 0,
      request,
      document: suite.sealed.digest,
      started: startedEvent(prepared, '' as ResultId, createdAt),
      createdAt,
      ...(rerunOf !== undefined && { rerunOf }),
    },
    key,
  )
  if (begun.status === 'known' && !begun.same) {
    throw new Refusal(409, { detail: 'This Idempotency-Key was already used for another request.' })
  }
  const record = await database.result(project.key, begun.result)
  if (!record) throw notFound()
  const context = await service.contextOf(project.key, begun.result)
  const warnings = warningsByField(prepared.warnings)
  if (begun.status === 'known') return { record, runs: await standingsOf(database, begun.result), context, warnings }
  conductor.conduct(begun.result, begun.firstRun, prepared)
  return { record, runs: [], context, warnings }
}

/** What of a request has no effect, by its fields. */
function warningsByField(warnings: readonly Diagnostic[]): FieldErrors {
  const byField: Record<string, string[]> = {}
  for (const { code, message, hint } of warnings) {
    const field = fieldsMeant[code]
    if (field !== undefined) (byField[field] ??= []).push(hint === undefined ? message : `${message} ${hint}`)
  }
  return byField
}

function onlyInAddress(request: RunRequest): boolean {
  return secretsOf(request).every(({ name }) => name === addressField)
}

/** The field of a request that a diagnostic is about. */
const fieldsMeant: Readonly<Partial<Record<string, keyof RunScenarios>>> = {
  TOO_MANY_RUNS: 'frequency',
  NUMBER_NOT_OURS: 'outbound_phone_number',
  PHONE_NUMBER_NO_EFFECT: 'outbound_phone_number',
  AGENT_NUMBER_NO_EFFECT: 'agent_number',
  MODE_NO_EFFECT: 'mode',
}

/** Refuses a request that cannot be planned: too many runs, or an agent whose connection does not support a scenario. */
function refuseDiagnostics(diagnostics: readonly Diagnostic[], mask: Mask): Refusal {
  const errors: Record<string, string[]> = {}
  for (const { code, severity, message, hint } of diagnostics) {
    if (severity !== 'error') continue
    const messages = (errors[fieldsMeant[code] ?? 'non_field_errors'] ??= [])
    messages.push(mask.text(hint ? `${message} ${hint}` : message))
  }
  return new Refusal(400, errors)
}
