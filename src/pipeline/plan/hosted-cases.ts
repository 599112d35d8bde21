import type { Document, Named, Personality, RunEntry, Scenario, TestProfile } from '../../domain/document.js'
import type { HostedName, HostedResult } from '../../domain/hosted.js'
import type { PlannedCase } from '../../domain/plan.js'

type CaseParts = Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile' | 'repeats'>

/**
 * The cases of a result that a hosted service has begun, in the suite's names. Ids that the suite declares become its own
 * nouns; others keep the id as their key.
 */
export function hostedCases({ cases }: HostedResult, entry: RunEntry, document: Document): CaseParts[] {
  return cases.map(({ scenario, personality, testProfile, runs }) => ({
    scenario: declared(scenario, document.scenarios) ?? scenarioThere(scenario, entry),
    ...(personality && { personality: declared(personality, document.personalities) ?? personalityThere(personality, entry) }),
    ...(testProfile && { testProfile: declared(testProfile, document.testProfiles) ?? profileThere(testProfile, entry) }),
    repeats: runs.length,
  }))
}

function declared<Noun extends Named>({ id }: HostedName, nouns: readonly Noun[]): Noun | undefined {
  return nouns.find(noun => noun.id === id)
}

/** The service knows the caller's behaviour and the expected outcome; the plan does not. */
function scenarioThere(name: HostedName, { at }: RunEntry): Scenario {
  return {
    ...nounOf(name, at),
    tags: [],
    behaviour: { kind: 'instructions', instructions: '', firstMessage: [] },
    expect: [],
    metrics: [],
    maxTurns: 0,
    maxDurationMs: 0,
    idleTimeoutMs: 0,
    idlePrompt: '',
    frequency: 1,
  }
}

function personalityThere(name: HostedName, { at }: RunEntry): Personality {
  return { ...nounOf(name, at), language: '' }
}

function profileThere(name: HostedName, { at }: RunEntry): TestProfile {
  return { ...nounOf(name, at), agentVariables: {}, callerVariables: {} }
}

function nounOf({ id, name }: HostedName, at: Named['at']): Named {
  return { key: String(id), id, name, at }
}
