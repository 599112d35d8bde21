import type { Agent, Personality, TestProfile } from '../../../domain/document.js'
import { normalisePhoneNumber } from '../../../domain/phone-number.js'
import type { Reach, RunRequest } from '../../../domain/run-request.js'
import type { Catalogue, InSuite } from '../catalogue/catalogue.js'
import type { RunScenarios } from '../generated/requests.js'
import { findAgent, keysOf, namedScenarios, readSelector, type AgentChoice, type ScenarioChoice } from './read-selection.js'
import { collectFieldProblems, type FieldErrors, type FieldProblems } from '../refusal.js'
import type { WantedResult } from './start-result.js'

/** The part of a request that says how to run the scenarios. */
export type RunOptions = Omit<RunScenarios, keyof AgentChoice | keyof ScenarioChoice>

/** A request as it was sent. The body lacks fields that are null or have the wrong shape. */
export interface Sent<Body> {
  readonly body: Body
  readonly wrong: FieldErrors
}

/**
 * Translates a request to the names of a suite.
 *
 * @param reachOf  Reads how a request of this kind reaches the agent.
 * @throws {Refusal} 400 with all mistakes, shapes included.
 */
export function readRunScenarios<Body extends RunScenarios>(
  { body, wrong }: Sent<Body>,
  catalogue: Catalogue,
  reachOf: (body: Body, agent: InSuite<Agent> | undefined, problems: FieldProblems) => Reach = () => ({ kind: 'own' }),
): WantedResult {
  const problems = collectFieldProblems(wrong)
  const agent = findAgent(body, namedScenarios(body), catalogue, problems)
  const scenarios = readSelector(body, agent, catalogue, problems)
  const options = readOptions(body, agent, catalogue, problems)
  const reach = reachOf(body, agent, problems)
  return wantedOf(agent, { scenarios, tags: body.tags ?? [], ...options, reach }, problems)
}

/** @throws {Refusal} 400 with all mistakes. */
export function wantedOf(
  agent: InSuite<Agent> | undefined,
  request: Omit<RunRequest, 'agent' | 'name'> & { readonly name?: string },
  problems: FieldProblems,
): WantedResult {
  problems.throwIfAny()
  if (!agent) throw new Error('A request was neither refused nor understood.')
  const { suite, noun } = agent
  return { suite, request: { ...request, name: request.name ?? noun.name, agent: noun.key } }
}

export function readOptions(
  body: RunOptions,
  agent: InSuite<Agent> | undefined,
  catalogue: Catalogue,
  problems: FieldProblems,
): Omit<RunRequest, 'agent' | 'name' | 'scenarios' | 'tags' | 'reach'> & { readonly name?: string } {
  const { name, concurrency_limit: limit, mock_tool_names: mockTools } = body
  const chosen = <Noun extends Personality | TestProfile>(
    field: 'personality_id' | 'test_profile_id',
    from: ReadonlyMap<number, InSuite<Noun>>,
  ): string[] => {
    const { [`${field}s` as const]: many = [], [field]: one } = body
    const keys = [
      ...keysOf({ field: `${field}s`, ids: many, from }, agent, problems),
      ...keysOf({ field, ids: one === undefined ? [] : [one], from }, agent, problems),
    ]
    return [...new Set(keys)]
  }
  const phoneNumber = (field: 'outbound_phone_number' | 'agent_number'): string | undefined => {
    const { [field]: spelled = '' } = body
    const number = normalisePhoneNumber(spelled)
    if (number === undefined && spelled !== '') problems.add(field, 'Must be a telephone number in E.164, such as +1234567890.')
    return number
  }
  const [outboundPhoneNumber, agentNumber] = [phoneNumber('outbound_phone_number'), phoneNumber('agent_number')]
  const known = new Set(agent?.noun.mockTools?.tools.map(tool => tool.name))
  const unknown = agent && mockTools?.filter(each => !known.has(each))
  if (unknown?.length) problems.add('mock_tool_names', `The agent has no mock tool named: ${unknown.join(', ')}.`)
  return {
    ...(name !== undefined && { name }),
    frequency: Number(body.frequency ?? body.freq ?? 1),
    personalities: chosen('personality_id', catalogue.personalities),
    testProfiles: chosen('test_profile_id', catalogue.testProfiles),
    mode: body.mode ?? 'same_number',
    ...(outboundPhoneNumber !== undefined && { outboundPhoneNumber }),
    ...(agentNumber !== undefined && { agentNumber }),
    ...(limit !== undefined && { concurrencyLimit: Number(limit) }),
    ...(mockTools && { mockTools }),
  }
}
