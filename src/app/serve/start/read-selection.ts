import type { Agent, Personality, Scenario, TestProfile } from '../../../domain/document.js'
import type { RunRequest } from '../../../domain/run-request.js'
import { selectScenarios } from '../../../domain/selection.js'
import type { Catalogue, InSuite } from '../catalogue/catalogue.js'
import type { RunScenarios, Whole } from '../generated/requests.js'
import { Refusal, type FieldProblems } from '../refusal.js'

/** The part of a request that chooses the agent. */
export type AgentChoice = Pick<RunScenarios, 'agent_id' | 'assistant_id' | 'project_id'>

/** The part of a request that chooses the scenarios. */
export type ScenarioChoice = Pick<RunScenarios, 'scenarios' | 'tags' | 'folder_path' | 'project_id'>

/**
 * @param named  Ids of scenarios. If nothing else names the agent, it is the only agent of their suite.
 * @throws {Refusal} 503 while a suite that cannot be served may have the assistant_id.
 */
export function findAgent(
  choice: AgentChoice,
  named: readonly Whole[],
  catalogue: Catalogue,
  problems: FieldProblems,
): InSuite<Agent> | undefined {
  const { agent_id: id, assistant_id: assistant, project_id: project } = choice
  if (project !== undefined && Number(project) !== catalogue.project.id)
    problems.add('project_id', `There is no project ${asSent(project)}.`)
  const unclear = catalogue.leftOut.find(({ text }) => assistant !== undefined && assistant !== '' && text.includes(assistant))
  if (unclear && id === undefined) {
    const detail = `The suite ${unclear.key} has mistakes and is not served, and it may have this assistant_id too. Correct it, or send agent_id.`
    throw new Refusal(503, { detail })
  }
  const byId = id === undefined ? undefined : catalogue.agents.get(Number(id))
  const those = assistant === undefined ? [] : [...catalogue.agents.values()].filter(({ noun }) => noun.assistantId === assistant)
  const byAssistant = those.find(({ noun }) => noun === byId?.noun) ?? those[0]
  if (those.length > 1 && !those.some(({ noun }) => noun === byId?.noun)) {
    const candidates = those.map(({ suite, noun }) => `${noun.id} (${suite.key})`).join(', ')
    problems.add('assistant_id', `Several agents have this assistant_id: ${candidates}. Send agent_id.`)
    return undefined
  }
  if (id !== undefined && !byId) problems.add('agent_id', `There is no agent ${asSent(id)}.`)
  if (assistant !== undefined && !byAssistant) problems.add('assistant_id', `There is no agent ${assistant}.`)
  if (byId && byAssistant && byId.noun !== byAssistant.noun)
    problems.add('assistant_id', `This is agent ${byAssistant.noun.id}, not the one in agent_id. Send only one of them.`)
  if (id !== undefined || assistant !== undefined) return byId ?? byAssistant
  const inferred = onlyAgentOf(named, catalogue)
  if (!inferred && !problems.has('agent_id') && !problems.has('assistant_id')) problems.add('agent_id', 'Send agent_id or assistant_id.')
  return inferred
}

/** An id as it was sent. What a number beyond 2^53 was nobody can tell: parsing rounds it. */
function asSent(id: Whole): string {
  return typeof id === 'number' && !Number.isSafeInteger(id) ? '(a number too large for an id)' : String(id)
}

function onlyAgentOf(scenarios: readonly Whole[], catalogue: Catalogue): InSuite<Agent> | undefined {
  const suite = scenarios.map(id => catalogue.scenarios.get(Number(id))?.suite).find(each => each !== undefined)
  const [noun, ...others] = suite?.document.agents ?? []
  return suite && noun && others.length === 0 ? { suite, noun } : undefined
}

/** Scenario ids in a scenario choice. */
export function namedScenarios({ scenarios }: ScenarioChoice): readonly Whole[] {
  return typeof scenarios === 'object' ? scenarios : []
}

/** @param agent  Absent if that is a mistake already; the rest is checked all the same. */
export function readSelector(
  asked: ScenarioChoice,
  agent: InSuite<Agent> | undefined,
  catalogue: Catalogue,
  problems: FieldProblems,
): RunRequest['scenarios'] {
  const choice = withoutEmptyList(asked)
  const { scenarios, tags, folder_path: folder } = choice
  if (folder !== undefined && (scenarios !== undefined || tags?.length)) {
    problems.add('folder_path', 'folder_path cannot be combined with scenarios or tags.')
  }
  const selector = selectorOf(choice, agent, catalogue, problems)
  if (selector.kind === 'folder' && choice.project_id === undefined && !problems.has('project_id')) {
    problems.add('project_id', 'A folder needs project_id.')
  }
  const sound = ['scenarios', 'tags', 'folder_path'].every(field => !problems.has(field))
  if (
    sound &&
    agent &&
    selectScenarios(agent.suite.document.scenarios, { scenarios: selector, tags: tags ?? [], tagsAll: [], tagsNot: [] }).length === 0
  ) {
    const field = selector.kind === 'folder' && folder !== undefined ? 'folder_path' : tags?.length ? 'tags' : 'scenarios'
    problems.add(field, `This selects no scenario of agent ${agent.noun.id}.`)
  }
  return selector
}

/** Treats an empty list as absent: nobody wants to run no scenario. */
function withoutEmptyList({ scenarios, ...rest }: ScenarioChoice): ScenarioChoice {
  const isEmpty = Array.isArray(scenarios) && scenarios.length === 0
  return { ...rest, ...(scenarios !== undefined && !isEmpty && { scenarios }) }
}

function selectorOf(
  choice: ScenarioChoice,
  agent: InSuite<Agent> | undefined,
  catalogue: Catalogue,
  problems: FieldProblems,
): RunRequest['scenarios'] {
  const { scenarios, tags, folder_path: folder } = choice
  if (folder !== undefined) return { kind: 'folder', folder }
  if (scenarios === undefined) {
    const isWrong = ['scenarios', 'tags', 'folder_path'].some(field => problems.has(field))
    if (!tags?.length && !isWrong) problems.add('scenarios', 'Send scenarios, tags or folder_path.')
    return { kind: 'all' }
  }
  if (typeof scenarios === 'object')
    return { kind: 'keys', keys: keysOf({ field: 'scenarios', ids: scenarios, from: catalogue.scenarios }, agent, problems) }
  if (scenarios === 'all') return { kind: 'all' }
  if (typeof scenarios === 'string' && !/^\d+$/.test(scenarios)) return { kind: 'folder', folder: scenarios }
  if (Number(scenarios) < 1) problems.add('scenarios', 'The first N: N must be 1 or more.')
  return { kind: 'first', count: Number(scenarios) }
}

export interface AskedIds<Noun> {
  /** The request's field. */
  readonly field: string
  readonly ids: readonly Whole[]
  /** All things of this kind, by id. */
  readonly from: ReadonlyMap<number, InSuite<Noun>>
}

/** Keys of the things that ids name, each once. Reports ids that are not in the agent's suite. */
export function keysOf<Noun extends Scenario | Personality | TestProfile>(
  { field, ids, from }: AskedIds<Noun>,
  agent: InSuite<Agent> | undefined,
  problems: FieldProblems,
): string[] {
  const found = new Map(ids.map(id => [asSent(id), from.get(Number(id))]))
  const unknown = [...found].filter(([, each]) => !each || (agent && each.suite !== agent.suite)).map(([id]) => id)
  if (unknown.length > 0) problems.add(field, `Not found: ${shortened(unknown)}.`)
  return [...new Set([...found.values()].flatMap(each => each?.noun.key ?? []))]
}

const mostTold = 20

function shortened(ids: readonly string[]): string {
  const left = ids.length - mostTold
  return ids.slice(0, mostTold).join(', ') + (left > 0 ? `, and ${left} more` : '')
}
