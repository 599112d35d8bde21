import { isCalled } from '../../../domain/connection-facts.js'
import { readJsonText } from '../../../domain/json-value.js'
import type { Agent } from '../../../domain/document.js'
import type { RunRequest } from '../../../domain/run-request.js'
import type { Catalogue, InSuite } from '../catalogue/catalogue.js'
import { importSuiteJson, problemsOfSuiteJson, type JsonSuite, type SuiteToImport } from '../suite-json/import-suite-json.js'
import { readOptions, type RunOptions, type Sent } from './read-run-scenarios.js'
import type { RunScenariosJson } from '../generated/requests.js'
import { findAgent } from './read-selection.js'
import { collectFieldProblems, Refusal, type FieldErrors, type FieldProblems } from '../refusal.js'
import type { Service } from '../service.js'

/** A request that contains its scenarios. */
export interface JsonRequest {
  readonly agent: InSuite<Agent>
  readonly imported: JsonSuite
  readonly request: RunRequest
}

/**
 * Reads a `run_scenarios_json/` request.
 *
 * @throws {Refusal} 400 with all mistakes; those of the test suite in `errors`, by place.
 */
export async function readRunScenariosJson(
  { body, wrong }: Sent<RunScenariosJson>,
  catalogue: Catalogue,
  use: Pick<Service, 'patterns'>,
): Promise<JsonRequest> {
  const problems = collectFieldProblems(wrong)
  const agent = findAgent(body, [], catalogue, problems)
  refuseElsewhere(body, problems)
  refuseChannel(body, agent, problems)
  const { name, ...options } = readOptions(optionsOf(body), agent, catalogue, problems)
  const json = readJson(body, problems)
  const repeats = options.frequency
  const imported = await importWhatThereIs({ json, agent, repeats }, catalogue, use)
  refuseAll(problems, imported && 'errors' in imported ? imported.errors : {})
  if (!agent || !imported || 'errors' in imported) throw new Error('A test suite was neither refused nor understood.')

  const { suite } = imported
  const limit = options.concurrencyLimit ?? suite.defaults?.concurrency_limit
  const request: RunRequest = {
    ...options,
    name: name ?? (suite.suite?.name || agent.noun.name),
    agent: agent.noun.key,
    scenarios: { kind: 'all' },
    tags: [],
    ...(limit !== undefined && { concurrencyLimit: limit }),
    reach: { kind: 'own' },
    bringsScenarios: true,
  }
  return { agent, imported, request }
}

/** Imports the test suite. Without a valid agent or frequency, still finds the mistakes in the test suite itself. */
async function importWhatThereIs(
  { json, agent, repeats }: Omit<SuiteToImport, 'agent'> & { readonly agent: InSuite<Agent> | undefined },
  catalogue: Catalogue,
  use: Pick<Service, 'patterns'>,
): Promise<Awaited<ReturnType<typeof importSuiteJson>> | undefined> {
  if (json === undefined) return undefined
  return agent && repeats >= 1 ? importSuiteJson({ json, agent, repeats }, catalogue, use) : { errors: problemsOfSuiteJson(json) }
}

/** @throws {Refusal} 400 if there are mistakes. @param errors  Mistakes in the test suite. */
export function refuseAll(problems: FieldProblems, errors: FieldErrors): void {
  if (Object.keys(errors).length === 0) return problems.throwIfAny()
  throw new Refusal(400, { ...problems.all, errors })
}

/** Fields of other requests that belong in the test suite here. */
const elsewhere = {
  scenarios: 'Remove it: the test suite lists the scenarios.',
  tags: 'Remove it: the test suite lists the scenarios.',
  folder_path: 'Remove it: the test suite lists the scenarios.',
  personality_ids: 'Remove it: the test suite gives each scenario its personality.',
  personality_id: 'Remove it: the test suite gives each scenario its personality.',
  test_profile_ids: 'Remove it: the test suite gives each scenario its test profile.',
  test_profile_id: 'Remove it: the test suite gives each scenario its test profile.',
} as const

function refuseElsewhere(body: RunScenariosJson, problems: FieldProblems): void {
  for (const [field, why] of Object.entries(elsewhere)) {
    const value = body[field as keyof typeof elsewhere]
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) problems.add(field, why)
  }
}

/** `voice`, the default, means the agent's own connection, whatever it carries, as for run_scenarios. */
function refuseChannel({ channel = 'voice' }: RunScenariosJson, agent: InSuite<Agent> | undefined, problems: FieldProblems): void {
  const isVoice = agent !== undefined && isCalled(agent.noun.connection)
  if (channel === 'voice' || (channel === 'text' && !isVoice)) return
  const how = agent ? `agent ${agent.noun.id} has a ${agent.noun.connection.type} connection` : 'this server has none'
  problems.add('channel', `${channel} needs a connection of that kind, and ${how}. Use ${isVoice ? 'voice' : 'text'}.`)
}

function readJson({ spec, file }: RunScenariosJson, problems: FieldProblems): unknown {
  const isWrong = problems.has('spec') || problems.has('file')
  if (spec !== undefined && file !== undefined) problems.add('file', 'spec cannot be combined with file. Send one of them.')
  if (spec === undefined && file === undefined && !isWrong) problems.add('spec', 'Send a test suite, as spec or as file.')
  if (spec !== undefined || file === undefined) return spec
  try {
    return readJsonText(file)
  } catch (cause) {
    problems.add('file', `Must be a JSON file: ${cause instanceof Error ? cause.message : String(cause)}.`)
    return undefined
  }
}

/** The options that the test suite does not contain. */
function optionsOf(body: RunScenariosJson): RunOptions {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !(field in elsewhere))) as RunOptions
}
