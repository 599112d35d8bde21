import { isDeepStrictEqual } from 'node:util'
import {
  type ChangedSince,
  eventVersion,
  type PastRule,
  type RequestedResult,
  type SuiteResumed,
  type SuiteStarted,
} from '../domain/event.js'
import type { AgentIdentity } from '../domain/identity.js'
import type { ResultId } from '../domain/ids.js'
import type { Plan } from '../domain/plan.js'
import type { RunRequest } from '../domain/run-request.js'
import { summarise } from '../pipeline/plan/summary.js'
import { digestsOf } from './digests.js'
import type { PlanRequest, Prepared } from './plan-document.js'
import { version } from './version.js'

/** The first event of a result, with secrets masked. */
export function startedEvent(
  { request, document, plan, mask }: Prepared,
  result: ResultId,
  at: string,
  before?: ResultBefore,
): SuiteStarted {
  const { name, description, owner, sources } = document
  const digests = digestsOf({ request, document, plan, mask })
  const changed = before && changedSince(before, digests)
  const redacted = [...new Set(mask.secrets.map(secret => secret.name))].toSorted()
  const started: SuiteStarted = {
    type: 'suite.started',
    version: eventVersion,
    at,
    result,
    callsheet: version,
    suite: {
      name,
      ...(description !== undefined && { description }),
      ...(owner !== undefined && { owner }),
      file: sources[0]?.path ?? request.path,
    },
    plan: summarise(plan),
    digests,
    ...(changed && { changed }),
    ...(redacted.length > 0 && { redacted }),
    options: { ...request.options },
    ...(request.options.request && { requested: requestedBy(request.options.request) }),
    ...(request.context && { context: request.context }),
    ...cassetteUsed(request, plan),
  }
  return mask.strings(started, ownKeys)
}

function requestedBy({ bringsScenarios, reach }: RunRequest): RequestedResult {
  return bringsScenarios || reach.kind !== 'own' ? { isElsewhere: true } : {}
}

/** The result that a new one is set beside. */
export interface ResultBefore extends Pick<ChangedSince, 'result' | 'at'> {
  readonly digests: SuiteStarted['digests']
  /** What its rules required. */
  readonly bar: readonly PastRule[]
}

function changedSince({ result, at, digests, bar }: ResultBefore, now: SuiteStarted['digests']): ChangedSince | undefined {
  const [isOtherSuite, isOtherBar] = [digests.suite !== now.suite, digests.bar !== now.bar]
  if (!isOtherSuite && !isOtherBar) return undefined
  return { result, at, ...(isOtherSuite && { suite: true }), ...(isOtherBar && { bar }) }
}

/** The event that resumes a result. @param now  What a new result would start with. @param done  How many runs had ended. */
export function resumedEvent(then: SuiteStarted, now: SuiteStarted, done: number): SuiteResumed {
  return { type: 'suite.resumed', at: now.at, total: now.plan.totalRuns, done, ...otherIdentities(then, now) }
}

/** The agents that are others than when the result started. */
function otherIdentities(then: SuiteStarted, now: SuiteStarted): Pick<SuiteResumed, 'identities'> {
  const before = identitiesIn(then)
  const changed = [...identitiesIn(now)].filter(([key, identity]) => !isDeepStrictEqual(before.get(key), identity))
  return changed.length > 0 ? { identities: Object.fromEntries(changed) } : {}
}

function identitiesIn({ plan }: SuiteStarted): ReadonlyMap<string, AgentIdentity> {
  return new Map(plan.entries.map(({ agent }) => [agent.key, agent.identity ?? {}]))
}

/** What we write ourselves in the first event. */
const ownKeys: ReadonlySet<string> = new Set(['type', 'at', 'result', 'callsheet', 'digests', 'sha256', 'key', 'slug', 'redacted'])

/** A plan without models records and replays nothing. */
function cassetteUsed({ cassette }: PlanRequest, { models: { caller, judge } }: Plan): Pick<SuiteStarted, 'cassette'> {
  if (!cassette || !(caller ?? judge)) return {}
  return { cassette: { mode: cassette.mode === 'replay' ? 'replayed' : 'recorded', file: cassette.file } }
}
