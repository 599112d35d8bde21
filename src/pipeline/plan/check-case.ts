import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Scalar } from '../../domain/document.js'
import type { PlannedCase } from '../../domain/plan.js'
import type { Span } from '../../domain/source.js'
import type { Utterance } from '../../domain/utterance.js'

type CheckedCase = Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile'>

/** What the case needs and does not have: found before the first call, never in the middle of one. */
export function checkCase(planned: CheckedCase, agent: Agent): Diagnostic[] {
  return [...missingCallerVariables(planned), ...missingAgentVariables(planned, agent), ...beyondChannel(planned, agent)]
}

function* missingCallerVariables({ scenario, testProfile, personality }: CheckedCase): Generator<Diagnostic> {
  for (const { text, at } of textsOf(scenario)) {
    for (const [root, name] of placeholders(text)) {
      if (root === 'test_profile') yield* missing(name, testProfile, testProfile?.callerVariables, 'caller_variables', at)
      if (root === 'personality' && !personality) {
        yield {
          code: 'PERSONALITY_NEEDED',
          severity: 'error',
          message: `{{personality.${name}}} is used, but "${scenario.key}" runs without a personality.`,
          hint: 'Give the scenario or the run entry one.',
          at,
        }
      }
    }
  }
}

function* missingAgentVariables({ scenario, testProfile }: CheckedCase, agent: Agent): Generator<Diagnostic> {
  if (agent.connection.type !== 'http') return
  const { url, headers, body } = agent.connection
  for (const [root, name] of placeholders(JSON.stringify([url, headers, body]))) {
    if (root === 'test_profile') yield* missing(name, testProfile, testProfile?.agentVariables, 'agent_variables', scenario.at)
  }
}

function* missing(
  name: string,
  profile: CheckedCase['testProfile'],
  variables: Readonly<Record<string, Scalar>> | undefined,
  section: string,
  at: Span,
): Generator<Diagnostic> {
  if (variables && Object.hasOwn(variables, name)) return
  yield profile
    ? {
        code: 'VARIABLE_MISSING',
        severity: 'error',
        message: `{{test_profile.${name}}} is used, but the test profile "${profile.key}" has no ${section}.${name}.`,
        hint: `It has: ${Object.keys(variables ?? {}).join(', ') || 'none'}.`,
        at,
      }
    : {
        code: 'TEST_PROFILE_NEEDED',
        severity: 'error',
        message: `{{test_profile.${name}}} is used, but the scenario runs without a test profile.`,
        hint: 'Give the scenario a test_profile, or the run entry test_profiles.',
        at,
      }
}

/** Agents that only answer cannot greet, and cannot be broken into. */
function* beyondChannel({ scenario }: CheckedCase, agent: Agent): Generator<Diagnostic> {
  const { type } = agent.connection
  if (type === 'websocket' || type === 'command' || scenario.behaviour.kind !== 'script') return
  const { firstMessage, steps } = scenario.behaviour.script
  if (firstMessage.length === 0) {
    yield {
      code: 'CHANNEL_CANNOT_GREET',
      severity: 'error',
      message: `"${scenario.key}" waits for the agent to speak first, but "${agent.key}" is reached over ${type}: it only answers.`,
      hint: 'Give the script a first_message.',
      at: scenario.at,
    }
  }
  for (const step of steps) {
    if (!step.say.some(part => part.type === 'interruption')) continue
    yield {
      code: 'CHANNEL_CANNOT_INTERRUPT',
      severity: 'error',
      message: `${step.label} interrupts the agent, but "${agent.key}" is reached over ${type}: its answers come whole.`,
      hint: 'Leave <interruption/> out, or reach the agent over a websocket.',
      at: step.at,
    }
  }
}

function* textsOf(scenario: PlannedCase['scenario']): Generator<{ text: string; at: Span }> {
  if (scenario.behaviour.kind === 'script') {
    const { firstMessage, steps } = scenario.behaviour.script
    yield { text: wordsOf(firstMessage), at: scenario.at }
    for (const step of steps) yield { text: wordsOf(step.say), at: step.at }
  }
  yield { text: scenario.idlePrompt, at: scenario.at }
}

function wordsOf(utterance: Utterance): string {
  return utterance.map(part => (part.type === 'text' ? part.text : part.type === 'dtmf' ? part.digits : '')).join(' ')
}

function* placeholders(text: string): Generator<[root: string, name: string]> {
  for (const [, root, name] of text.matchAll(/\{\{\s*([\w-]+)\.([\w-]+)\s*\}\}/g)) yield [root!, name!]
}
