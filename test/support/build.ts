import { traitsOf } from '../../src/domain/connection.js'
import type { Agent, ExpectedOutcome, Limits, RunEntry, Scenario, Script, Step } from '../../src/domain/document.js'
import { defaultConversationLimits, type Document } from '../../src/domain/document.js'
import type { Span } from '../../src/domain/source.js'
import type { Utterance } from '../../src/domain/utterance.js'

/** Parts of suites as the loader would make them, for tests of what comes after it. */

export const somewhere: Span = { file: { path: 'suite.yaml', text: 'line one\nline two\n' }, start: 9, end: 17 }

/** An agent whose turn is over after 10 ms, so that tests of what it says need no patience. */
export function agent(more: Partial<Agent> = {}): Agent {
  const { connection = { type: 'websocket', url: 'ws://127.0.0.1:1' } } = more
  return {
    key: 'clinic',
    name: 'clinic',
    at: somewhere,
    inbound: true,
    connection,
    silenceMs: 30_000,
    messages: { join: 'auto', endOfTurn: traitsOf[connection.type].floor === 'messages' ? 10 : 'auto' },
    limits: {},
    identity: {},
    knowledge: [],
    folder: '/',
    ...more,
  }
}

/** A text, or claims, of the second line. */
export function outcome(asked: string | readonly string[]): ExpectedOutcome {
  return { kind: typeof asked === 'string' ? 'text' : 'claims', texts: [asked].flat().map(words => ({ text: words, at: somewhere })) }
}

export const text = (words: string): Utterance => [{ type: 'text', text: words }]

export function step(trigger: Step['trigger'], say: Utterance, more: Partial<Step> = {}): Step {
  return { cause: { kind: 'step', number: 1 }, trigger, say, wording: 'exact', repeat: false, at: somewhere, ...more }
}

export function scenario(script: Partial<Script>, more: Partial<Scenario> = {}): Scenario {
  return {
    key: 'cancel',
    name: 'Cancels',
    at: somewhere,
    tags: [],
    behaviour: { kind: 'script', script: { firstMessage: text('Hi.'), steps: [], ...script } },
    expect: [],
    metrics: [],
    maxTurns: 30,
    maxDurationMs: 300_000,
    idleTimeoutMs: 10_000,
    idlePrompt: 'Are you there?',
    frequency: 1,
    ...more,
  }
}

export function entry(more: Partial<RunEntry> = {}): RunEntry {
  return {
    name: 'Smoke',
    agent: agent(),
    scenarios: { kind: 'all' },
    tags: [],
    tagsAll: [],
    tagsNot: [],
    personalities: [],
    testProfiles: [],
    mode: 'same_number',
    at: somewhere,
    ...more,
  }
}

export const limits: Limits = {
  concurrency: 10,
  conversation: defaultConversationLimits,
  runTimeoutMs: 600_000,
  maxRuns: 100_000,
  stopWhenDecided: false,
}

export function document(more: Partial<Document> = {}): Document {
  return {
    name: 'Clinic',
    sources: [somewhere.file],
    models: {},
    recordings: 'default',
    callerCheck: true,
    agents: [agent()],
    personalities: [],
    testProfiles: [],
    metrics: [],
    scenarios: [scenario({})],
    entries: [entry()],
    controls: [],
    thresholds: { metrics: [] },
    limits,
    retries: { infraError: 2, agentError: 0, failed: 0 },
    secrets: [],
    variables: [],
    ...more,
  }
}
