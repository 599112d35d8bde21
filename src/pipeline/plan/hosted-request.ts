import type { HostedConnection } from '../../domain/connection.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Frequency, Document, Named, RunEntry } from '../../domain/document.js'
import type { HostedRequest } from '../../domain/hosted.js'
import type { CaseKey } from '../../domain/ids.js'
import type { HostedEntry } from '../../domain/plan.js'
import type { PlanOptions } from '../../domain/plan-options.js'
import { unreachable } from '../../domain/unreachable.js'

/** A run entry of a hosted agent, with the agent's connection. */
export interface EntryToRequest extends Omit<HostedEntry, 'request'> {
  readonly connection: HostedConnection
}

/**
 * The request for a run entry of a hosted agent; `undefined` if the options select nothing of it.
 *
 * @param problems  Receives what the API cannot express: nothing is left out silently.
 */
export function hostedRequest(
  toRequest: EntryToRequest,
  document: Document,
  options: PlanOptions,
  problems: Diagnostic[],
): HostedRequest | undefined {
  const { slug, entry, agent, connection } = toRequest
  const cannot = (what: string): void => void problems.push(diagnose('HOSTED_CANNOT', { entry: entry.name, what }, entry.at))
  if (options.request) problems.push(diagnose('HOSTED_NOT_SERVED', { agent: agent.key }, agent.at))
  if (entry.tagsAll.length > 0) cannot('tags_all')
  if (entry.tagsNot.length > 0) cannot('tags_not')
  if (options.filter) cannot('the option filter')
  if (options.shard) cannot('the option shard')
  if (options.tags && entry.tags.length > 0) cannot('the option tag in addition to tags of its own')

  const again = options.cases && scenariosOf(options.cases, slug)
  if (again?.length === 0) return undefined
  const tags = again ? [] : [...entry.tags, ...(options.tags ?? [])]
  const selected = again ? { scenarios: idsOf(nounsOf(again, document), problems) } : select(toRequest, tags.length > 0, document, problems)
  const asked = options.frequency ?? entry.frequency ?? ownFrequency(entry, document, problems)
  if (typeof asked !== 'number') cannot('a frequency that runs until decided')
  const frequency = mostOf(asked)
  const limits = [entry.concurrencyLimit, agent.limits.concurrency, options.concurrency].filter(limit => limit !== undefined)
  const most = Math.max(document.thresholds.allOf ?? 0, entry.thresholds?.allOf ?? 0)
  if (options.frequency === undefined && most > frequency) {
    problems.push(diagnose('ALL_OF_TOO_FEW', { key: slug, allOf: most, repeats: frequency }, entry.at))
  }
  return {
    agent_id: connection.agentId,
    ...selected,
    ...(tags.length > 0 && { tags }),
    frequency,
    ...(entry.personalities.length > 0 && { personality_ids: idsOf(entry.personalities, problems) }),
    ...(entry.testProfiles.length > 0 && { test_profile_ids: idsOf(entry.testProfiles, problems) }),
    mode: entry.mode,
    ...(entry.outboundPhoneNumber !== undefined && { outbound_phone_number: entry.outboundPhoneNumber }),
    ...(entry.agentNumber !== undefined && { agent_number: entry.agentNumber }),
    ...(limits.length > 0 && { concurrency_limit: Math.min(...limits) }),
  }
}

function select(
  { entry: { name, scenarios, at }, connection: { projectId: project } }: EntryToRequest,
  hasTags: boolean,
  document: Document,
  problems: Diagnostic[],
): Pick<HostedRequest, 'scenarios' | 'project_id'> {
  switch (scenarios.kind) {
    case 'all':
      return hasTags ? {} : { scenarios: 'all' }
    case 'first':
      return { scenarios: scenarios.count }
    case 'keys':
      return { scenarios: idsOf(nounsOf(scenarios.keys, document), problems) }
    case 'folder':
      if (project === undefined) problems.push(diagnose('HOSTED_PROJECT_NEEDED', { entry: name, folder: scenarios.folder }, at))
      return { scenarios: scenarios.folder, ...(project !== undefined && { project_id: project }) }
    default:
      return unreachable(scenarios)
  }
}

/** Scenarios by key; a scenario that only the service has goes by its id. */
function nounsOf(keys: readonly string[], { scenarios }: Document): Named[] {
  return keys.flatMap(
    key => scenarios.find(scenario => scenario.key === key) ?? (/^\d+$/.test(key) ? ({ key, id: Number(key), name: key } as Named) : []),
  )
}

/** The scenarios of one entry's cases to run again. */
function scenariosOf(cases: readonly CaseKey[], slug: string): string[] {
  return [...new Set(cases.filter(key => key.startsWith(`${slug}/`)).map(key => key.split('/')[1] ?? ''))]
}

/** A request has a single frequency: that of its scenarios, if they agree. */
function ownFrequency({ name, scenarios, at }: RunEntry, document: Document, problems: Diagnostic[]): Frequency {
  if (scenarios.kind !== 'keys') return 1
  const declared = document.scenarios.filter(({ key }) => scenarios.keys.includes(key))
  const [first = 1, ...others] = new Set([
    ...declared.map(({ frequency }) => frequency),
    ...(declared.length < scenarios.keys.length ? [1] : []),
  ])
  if (others.length > 0) problems.push(diagnose('HOSTED_ONE_FREQUENCY', { entry: name, frequencies: [first, ...others].map(mostOf) }, at))
  return first
}

function mostOf(frequency: Frequency): number {
  return typeof frequency === 'number' ? frequency : frequency.max
}

function idsOf(nouns: readonly Named[], problems: Diagnostic[]): number[] {
  return nouns.flatMap(noun => noun.id ?? lacksId(noun, problems) ?? [])
}

function lacksId({ key, at }: Named, problems: Diagnostic[]): undefined {
  problems.push(diagnose('HOSTED_ID_MISSING', { key }, at))
}
