import type { Agent, Personality, Scenario, TestProfile } from '../../../domain/document.js'
import type { Metric } from '../../../domain/metric.js'
import { knownSecrets } from '../../../domain/known-secrets.js'
import { createMask, type Mask } from '../../../domain/mask.js'
import { wordsOf, type Utterance } from '../../../domain/utterance.js'
import type * as Answers from '../generated/answers.js'
import type { CatalogueSuite, InSuite } from './catalogue.js'

export function agentView({ suite, noun }: InSuite<Agent>): Answers.Agent {
  return shown(suite, {
    ...named(suite, noun),
    assistant_id: noun.assistantId ?? null,
    description: noun.description ?? null,
    inbound: noun.inbound,
    contact_number: noun.contactNumber ?? null,
    connection: noun.connection.type,
    version: noun.identity.version ?? null,
  })
}

export function scenarioView({ suite, noun }: InSuite<Scenario>): Answers.Scenario {
  const { agents, metrics } = suite.document
  const own = noun.metrics.flatMap(key => metrics.filter(metric => metric.key === key))
  const { behaviour } = noun
  return shown(suite, {
    ...named(suite, noun),
    agent: agents.length === 1 ? (agents[0]?.id ?? null) : null,
    agents: agents.map(({ id }) => id ?? null),
    description: noun.description ?? null,
    folder_path: noun.folder ?? null,
    tags: noun.tags,
    scenario_type: behaviour.kind === 'instructions' ? 'instruction' : 'conditional_actions',
    first_message: textOf((behaviour.kind === 'script' ? behaviour.script.firstMessage : behaviour.firstMessage) ?? []),
    instructions: behaviour.kind === 'instructions' ? behaviour.instructions : null,
    expected_outcome_prompt: outcomePrompt(noun),
    personality: noun.personality?.id ?? null,
    personality_name: noun.personality?.name ?? null,
    test_profile: noun.testProfile?.id ?? null,
    test_profile_name: noun.testProfile?.name ?? null,
    metrics: own.map(({ id }) => id ?? null),
    metric_names: own.map(({ name }) => name),
  })
}

/** An expected outcome as one text; a list of claims has one line each. */
export function outcomePrompt(scenario: Scenario | undefined): string | null {
  return scenario?.expectedOutcome?.texts.map(({ text }) => text).join('\n') ?? null
}

export function personalityView({ suite, noun }: InSuite<Personality>): Answers.Personality {
  return shown(suite, {
    ...named(suite, noun),
    prompt: noun.prompt ?? null,
    language: noun.language,
    interruption_level: noun.interruptionLevel ?? null,
    speed: noun.speed ?? null,
  })
}

export function testProfileView({ suite, noun }: InSuite<TestProfile>): Answers.TestProfile {
  return shown(suite, { ...named(suite, noun), main_agent_variables: noun.agentVariables, testing_agent_variables: noun.callerVariables })
}

export function metricView({ suite, noun }: InSuite<Metric>): Answers.Metric {
  return shown(suite, {
    ...named(suite, noun),
    type: noun.type,
    source: noun.source.kind,
    ...(noun.values && { values: noun.values }),
  })
}

function named(
  { key: suite }: CatalogueSuite,
  { id, key, name }: { readonly id?: number; readonly key: string; readonly name: string },
): Pick<Answers.Agent, 'id' | 'key' | 'name' | 'suite'> {
  return { id: id ?? null, key, name, suite }
}

/** The words of an utterance, without its other actions. */
function textOf(utterance: Utterance): string {
  return utterance
    .map(part => wordsOf(part) ?? '')
    .join('')
    .trim()
}

const masks = new WeakMap<CatalogueSuite, Mask>()

/** Masks the suite's secrets. */
function shown<View extends object>(suite: CatalogueSuite, view: View): View {
  const mask = masks.get(suite) ?? createMask(knownSecrets(suite.document))
  masks.set(suite, mask)
  return mask.strings(view)
}
