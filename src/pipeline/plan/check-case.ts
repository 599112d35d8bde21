import { describeCause } from '../../domain/cause.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import { traitsOf } from '../../domain/connection.js'
import type { Agent, TestProfile } from '../../domain/document.js'
import { textsIn as textsInJson, textsOfAssertion, textsOfMetric } from '../../domain/fill-in-checks.js'
import type { Metric } from '../../domain/metric.js'
import { pickedTools } from '../../domain/mock-tool.js'
import { isModelDriven } from '../../domain/model-driven.js'
import { placeholderNames } from '../../domain/placeholder.js'
import type { PlannedCase } from '../../domain/plan.js'
import type { Span } from '../../domain/source.js'
import { areTelephoneKeys, withoutFormatting, wordsOf, type Utterance } from '../../domain/utterance.js'

type CheckedCase = Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile'>

/** Reports what the case needs but lacks: before the first call, never in the middle of one. */
export function checkCase(planned: CheckedCase, agent: Agent, metrics: readonly Metric[]): Diagnostic[] {
  return [...checkTexts(planned, metrics), ...checkAgentTexts(planned, agent), ...checkChannel(planned, agent)]
}

/** Checks the values for placeholders in the caller's texts, and in everything that decides the verdict. */
export function* checkTexts(planned: CheckedCase, metrics: readonly Metric[]): Generator<Diagnostic> {
  const { scenario, personality, testProfile } = planned
  for (const { text, isKeyedIn, at } of [...textsOf(planned), ...decidingTexts(planned, metrics)]) {
    for (const [root, name] of placeholders(text)) {
      if (root === 'scenario' && name === 'id' && scenario.id === undefined) yield diagnose('TEMPLATE_NO_ID', {}, scenario.at)
      if (root === 'personality' && !personality) yield diagnose('PERSONALITY_NEEDED', { name, scenario: scenario.key }, at)
      if (root !== 'test_profile') continue
      yield* checkVariable(name, planned, 'caller_variables', at)
      const value = testProfile?.callerVariables[name]
      if (testProfile && isKeyedIn && value !== undefined && !areTelephoneKeys(withoutFormatting(String(value ?? '')))) {
        yield diagnose('NOT_TELEPHONE_KEYS', { digits: String(value), profile: testProfile.key }, at)
      }
    }
  }
}

/** Checks the values for placeholders in requests to the agent and in its mock tools' answers. */
function* checkAgentTexts(planned: CheckedCase, agent: Agent): Generator<Diagnostic> {
  for (const { text, at } of agentTextsOf(planned, agent)) {
    for (const [root, name] of placeholders(text)) {
      if (root === 'test_profile') yield* checkVariable(name, planned, 'agent_variables', at)
    }
  }
}

function* agentTextsOf({ scenario }: CheckedCase, { connection, mockTools }: Agent): Generator<{ text: string; at: Span }> {
  if (connection.type === 'http') {
    const { url, headers, body, session } = connection
    yield { text: JSON.stringify([url, headers, body, session?.url, session?.headers, session?.body]), at: scenario.at }
  }
  for (const { cases, otherwise, at } of pickedTools(mockTools)) yield { text: JSON.stringify([cases, otherwise]), at }
}

function* checkVariable(
  name: string,
  { scenario, testProfile }: CheckedCase,
  section: 'caller_variables' | 'agent_variables',
  at: Span,
): Generator<Diagnostic> {
  if (!testProfile) {
    yield diagnose('TEST_PROFILE_NEEDED', { name, scenario: scenario.key }, at)
    return
  }
  const variables = variablesOf(testProfile, section)
  if (Object.hasOwn(variables, name)) return
  yield diagnose('VARIABLE_MISSING', { name, profile: testProfile.key, section, known: Object.keys(variables) }, at)
}

function variablesOf(profile: TestProfile, section: 'caller_variables' | 'agent_variables') {
  return section === 'caller_variables' ? profile.callerVariables : profile.agentVariables
}

/** An agent that only answers cannot be interrupted, and mostly cannot greet. */
function* checkChannel({ scenario }: CheckedCase, agent: Agent): Generator<Diagnostic> {
  const { type } = agent.connection
  const { floor, agentMayOpen } = traitsOf[type]
  const { behaviour } = scenario
  const { firstMessage, steps } = behaviour.kind === 'script' ? behaviour.script : { firstMessage: behaviour.firstMessage, steps: [] }
  if (firstMessage?.length === 0 && !agentMayOpen) {
    yield diagnose('CHANNEL_CANNOT_GREET', { scenario: scenario.key, agent: agent.key, type }, scenario.at)
  }
  if (floor !== 'turns') return
  for (const { cause, say, at } of steps) {
    if (!say.some(part => part.type === 'interruption')) continue
    yield diagnose('CHANNEL_CANNOT_INTERRUPT', { step: describeCause(cause), agent: agent.key, type }, at)
  }
}

interface CallerText {
  readonly text: string
  readonly isKeyedIn: boolean
  readonly at: Span
}

function* textsOf({ scenario, personality }: CheckedCase): Generator<CallerText> {
  const { behaviour, at } = scenario
  if (behaviour.kind === 'script') {
    const { firstMessage, steps, role } = behaviour.script
    yield* textsIn(firstMessage, at)
    for (const step of steps) {
      yield* textsIn(step.say, step.at)
      if (step.trigger.kind !== 'when') continue
      for (const text of [step.trigger.says, ...textsInJson(step.trigger.matcher)]) yield* words(text, step.at)
    }
    if (isModelDriven(behaviour)) yield* words(role, at)
  } else {
    yield* words(behaviour.instructions, at)
    yield* textsIn(behaviour.firstMessage ?? [], at)
  }
  if (personality && isModelDriven(behaviour)) yield* words(personality.prompt, personality.at)
  yield* words(scenario.idlePrompt, at)
  for (const asked of scenario.expectedOutcome?.texts ?? []) yield* words(asked.text, asked.at)
}

function* decidingTexts({ scenario }: CheckedCase, metrics: readonly Metric[]): Generator<CallerText> {
  for (const assertion of scenario.expect) for (const text of textsOfAssertion(assertion)) yield* words(text, assertion.at)
  for (const metric of metrics) {
    if (!scenario.metrics.includes(metric.key)) continue
    for (const text of textsOfMetric(metric)) yield* words(text, scenario.at)
  }
}

function* words(text: string | undefined, at: Span): Generator<CallerText> {
  if (text !== undefined) yield { text, isKeyedIn: false, at }
}

function* textsIn(utterance: Utterance, at: Span): Generator<CallerText> {
  for (const part of utterance) {
    yield* words(wordsOf(part), at)
    if (part.type === 'dtmf') yield { text: part.digits, isKeyedIn: true, at }
  }
}

function* placeholders(text: string): Generator<[root: string, name: string]> {
  for (const dotted of placeholderNames(text)) {
    const [, root, name] = /^([\w-]+)\.([\w-]+)$/.exec(dotted) ?? []
    if (root !== undefined && name !== undefined) yield [root, name]
  }
}
