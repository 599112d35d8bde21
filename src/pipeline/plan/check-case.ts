import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, TestProfile } from '../../domain/document.js'
import { placeholderNames } from '../../domain/placeholder.js'
import type { PlannedCase } from '../../domain/plan.js'
import type { Span } from '../../domain/source.js'
import { areTelephoneKeys, type Utterance } from '../../domain/utterance.js'

type CheckedCase = Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile'>

/** What the case needs and does not have: found before the first call, never in the middle of one. */
export function checkCase(planned: CheckedCase, agent: Agent): Diagnostic[] {
  return [...checkTexts(planned), ...checkRequest(planned, agent), ...checkChannel(planned, agent)]
}

/** Values that the caller's texts are filled in with. */
function* checkTexts(planned: CheckedCase): Generator<Diagnostic> {
  const { scenario, personality, testProfile } = planned
  for (const { text, isKeyedIn, at } of textsOf(scenario)) {
    for (const [root, name] of placeholders(text)) {
      if (root === 'personality' && !personality) yield diagnose('PERSONALITY_NEEDED', { name, scenario: scenario.key }, at)
      if (root !== 'test_profile') continue
      yield* checkVariable(name, planned, 'caller_variables', at)
      const value = testProfile?.callerVariables[name]
      if (testProfile && isKeyedIn && value !== undefined && !areTelephoneKeys(String(value ?? ''))) {
        yield diagnose('NOT_TELEPHONE_KEYS', { digits: String(value), profile: testProfile.key }, at)
      }
    }
  }
}

/** Values that requests to the agent are filled in with. */
function* checkRequest(planned: CheckedCase, agent: Agent): Generator<Diagnostic> {
  if (agent.connection.type !== 'http') return
  const { url, headers, body } = agent.connection
  for (const [root, name] of placeholders(JSON.stringify([url, headers, body]))) {
    if (root === 'test_profile') yield* checkVariable(name, planned, 'agent_variables', planned.scenario.at)
  }
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

/** Agents that only answer cannot greet, and cannot be broken into. */
function* checkChannel({ scenario }: CheckedCase, agent: Agent): Generator<Diagnostic> {
  const { type } = agent.connection
  if (type === 'websocket' || type === 'command' || scenario.behaviour.kind !== 'script') return
  const { firstMessage, steps } = scenario.behaviour.script
  if (firstMessage.length === 0 && type !== 'polled') {
    yield diagnose('CHANNEL_CANNOT_GREET', { scenario: scenario.key, agent: agent.key, type }, scenario.at)
  }
  for (const { label, say, at } of steps) {
    if (!say.some(part => part.type === 'interruption')) continue
    yield diagnose('CHANNEL_CANNOT_INTERRUPT', { step: label, agent: agent.key, type }, at)
  }
}

interface CallerText {
  readonly text: string
  readonly isKeyedIn: boolean
  readonly at: Span
}

function* textsOf(scenario: PlannedCase['scenario']): Generator<CallerText> {
  if (scenario.behaviour.kind === 'script') {
    const { firstMessage, steps } = scenario.behaviour.script
    yield* textsIn(firstMessage, scenario.at)
    for (const step of steps) yield* textsIn(step.say, step.at)
  }
  yield { text: scenario.idlePrompt, isKeyedIn: false, at: scenario.at }
}

function* textsIn(utterance: Utterance, at: Span): Generator<CallerText> {
  for (const part of utterance) {
    if (part.type === 'text') yield { text: part.text, isKeyedIn: false, at }
    if (part.type === 'dtmf') yield { text: part.digits, isKeyedIn: true, at }
  }
}

function* placeholders(text: string): Generator<[root: string, name: string]> {
  for (const dotted of placeholderNames(text)) {
    const [, root, name] = /^([\w-]+)\.([\w-]+)$/.exec(dotted) ?? []
    if (root !== undefined && name !== undefined) yield [root, name]
  }
}
