import type { PlanSummary } from '../domain/event.js'
import type { HostedRequest } from '../domain/hosted.js'
import { describeReason, type SecretVariable } from '../domain/secret.js'
import { boundsOf, type PlanBounds } from '../pipeline/plan/bounds.js'
import { summarise } from '../pipeline/plan/summary.js'
import type { Prepared } from './plan-document.js'

/** What a suite would run, as plain data without secrets. */
export interface PlanOverview extends PlanBounds {
  readonly file: string
  readonly suite: string
  readonly plan: PlanSummary
  /** The environment variables that are secret, and why. */
  readonly secrets: readonly SecretOverview[]
  /** The requests to hosted services. Only the services know how many runs these make. */
  readonly hosted?: readonly HostedOverview[]
}

export interface HostedOverview {
  readonly name: string
  readonly agent: string
  readonly request: HostedRequest
}

export interface SecretOverview {
  readonly name: string
  readonly because: string
}

/** A secret variable, for people. */
export function secretJson({ name, because }: SecretVariable): SecretOverview {
  return { name, because: describeReason(because) }
}

export function overviewOf({ request, document, plan, mask }: Prepared): PlanOverview {
  const hosted = plan.toBegin?.map(({ entry: { name }, agent, request: asked }) => ({ name, agent: agent.name, request: asked }))
  return mask.strings({
    file: request.path,
    suite: document.name,
    ...boundsOf(plan),
    plan: summarise(plan),
    secrets: document.secrets.map(secretJson),
    ...(hosted && { hosted }),
  })
}
