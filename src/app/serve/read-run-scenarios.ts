import type { Agent, Personality, Scenario, TestProfile } from '../../domain/document.js'
import type { RunRequest } from '../../domain/run-request.js'
import type { Catalogue, InSuite } from './catalogue.js'
import { collectFieldProblems, type FieldProblems } from './refusal.js'
import type { WantedResult } from './start-result.js'

/**
 * The body of run_scenarios/, its shape already checked: integers may still be strings. Unknown fields are left alone.
 *
 * @see schemas/api/requests.schema.json, RunScenarios
 */
export interface RunScenariosBody {
  readonly agent_id?: Whole
  readonly assistant_id?: string
  readonly scenarios?: readonly Whole[] | number | string
  readonly tags?: readonly string[] | null
  readonly folder_path?: string
  readonly project_id?: Whole
  readonly frequency?: Whole
  readonly freq?: Whole
  readonly name?: string
  readonly outbound_phone_number?: string
  readonly agent_number?: string
  readonly mode?: RunRequest['mode']
  readonly personality_ids?: readonly Whole[] | null
  readonly personality_id?: Whole
  readonly test_profile_ids?: readonly Whole[] | null
  readonly test_profile_id?: Whole
  readonly concurrency_limit?: Whole
  readonly mock_tool_names?: readonly string[] | null
}

/** An integer, or one as a string. */
export type Whole = number | string

/**
 * What a request asks for, in the names of a suite.
 *
 * @throws {Refusal} 400, with all that is wrong.
 */
export function readRunScenarios(body: RunScenariosBody, catalogue: Catalogue, asText: boolean): WantedResult {
  const problems = collectFieldProblems()
  const agent = findAgent(body, catalogue, problems)
  const scenarios = agent && selectorOf(body, agent, catalogue, problems)
  const personalities = agent ? chosen('personality_ids', both(body.personality_ids, body.personality_id), catalogue.personalities, agent, problems) : []
  const testProfiles = agent ? chosen('test_profile_ids', both(body.test_profile_ids, body.test_profile_id), catalogue.testProfiles, agent, problems) : []
  problems.throwIfAny()
  if (!agent || !scenarios) throw new Error('A request was neither refused nor understood.')

  const { suite, noun } = agent
  const limit = body.concurrency_limit
  return {
    suite,
    request: {
      name: body.name ?? noun.name,
      agent: noun.key,
      scenarios,
      tags: body.tags ?? [],
      frequency: Number(body.frequency ?? body.freq ?? 1),
      personalities,
      testProfiles,
      mode: body.mode ?? 'same_number',
      asText,
      ...(body.outbound_phone_number !== undefined && { outboundPhoneNumber: body.outbound_phone_number }),
      ...(body.agent_number !== undefined && { agentNumber: body.agent_number }),
      ...(limit !== undefined && { concurrencyLimit: Number(limit) }),
      ...(body.mock_tool_names && { mockTools: body.mock_tool_names }),
    },
  }
}

function findAgent({ agent_id: id, assistant_id: assistant }: RunScenariosBody, { agents }: Catalogue, problems: FieldProblems): InSuite<Agent> | undefined {
  if (id === undefined && assistant === undefined) {
    problems.add('agent_id', 'Give agent_id, or assistant_id.')
    return undefined
  }
  const found = id === undefined ? [...agents.values()].find(({ noun }) => noun.assistantId === assistant) : agents.get(Number(id))
  if (!found) problems.add(id === undefined ? 'assistant_id' : 'agent_id', `There is no agent ${id ?? assistant}.`)
  return found
}

function selectorOf(body: RunScenariosBody, agent: InSuite<Agent>, catalogue: Catalogue, problems: FieldProblems): RunRequest['scenarios'] | undefined {
  const { scenarios, tags, folder_path: folder } = body
  if (folder !== undefined && (scenarios !== undefined || tags)) {
    problems.add('folder_path', 'It stands alone: leave scenarios and tags away.')
  }
  const isFolder = folder !== undefined || (typeof scenarios === 'string' && scenarios !== 'all' && !/^\d+$/.test(scenarios))
  if (isFolder && body.project_id === undefined) problems.add('project_id', 'A folder needs project_id.')
  if (folder !== undefined) return { kind: 'folder', folder }
  if (scenarios === undefined) {
    if (!tags?.length) problems.add('scenarios', 'Give scenarios, tags or folder_path.')
    return { kind: 'all' }
  }
  if (typeof scenarios === 'object') {
    return { kind: 'keys', keys: chosen('scenarios', scenarios, catalogue.scenarios, agent, problems) }
  }
  if (scenarios === 'all') return { kind: 'all' }
  return isFolder ? { kind: 'folder', folder: String(scenarios) } : { kind: 'first', count: Number(scenarios) }
}

/** Keys of what ids name; those that the agent's suite does not hold are told. */
function chosen<Noun extends Scenario | Personality | TestProfile>(
  field: string,
  ids: readonly Whole[],
  from: ReadonlyMap<number, InSuite<Noun>>,
  { suite }: InSuite<Agent>,
  problems: FieldProblems,
): string[] {
  const unknown = ids.filter(id => from.get(Number(id))?.suite !== suite)
  if (unknown.length > 0) problems.add(field, `Not found: ${unknown.join(', ')}.`)
  return ids.flatMap(id => from.get(Number(id))?.noun.key ?? [])
}

function both(many: readonly Whole[] | null | undefined, one: Whole | undefined): readonly Whole[] {
  return [...new Set([...(many ?? []), ...(one === undefined ? [] : [one])].map(Number))]
}
