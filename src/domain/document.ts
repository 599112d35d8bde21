import type { Assertion } from './assertion.js'
import type { Connection as SuiteConnection, Model } from './generated/suite.js'
import type { Metric } from './metric.js'
import type { SourceFile, Span } from './source.js'
import type { TextMatcher } from './text-matcher.js'
import type { Thresholds } from './thresholds.js'
import type { Utterance } from './utterance.js'

export type { Model }

/** How an agent is reached. */
export type Connection = SuiteConnection | PolledConnection

/** A client of the API speaks the agent's part, turn by turn, and polls for the caller's. Made by requests, never by suites. */
export interface PolledConnection {
  readonly type: 'polled'
}

/** A suite, loaded: includes merged, environment read, defaults filled, references checked, durations in milliseconds. */
export interface Document {
  readonly name: string
  readonly description?: string
  readonly owner?: string
  /** The suite file first, then what it includes, in order. */
  readonly sources: readonly SourceFile[]
  readonly models: { readonly caller?: Model; readonly judge?: Model }
  readonly agents: readonly Agent[]
  readonly personalities: readonly Personality[]
  readonly testProfiles: readonly TestProfile[]
  /** Those declared, then the built-in ones that nothing declared has the name of. */
  readonly metrics: readonly Metric[]
  /** In the order of the files. */
  readonly scenarios: readonly Scenario[]
  readonly entries: readonly RunEntry[]
  readonly thresholds: Thresholds
  readonly limits: Limits
  readonly retries: Retries
  /** What was read from the environment, to be redacted wherever it would appear. */
  readonly secrets: readonly Secret[]
}

export interface Secret {
  readonly name: string
  readonly value: string
}

/** A thing of the suite that people call by key and the API by id. */
export interface Named {
  readonly key: string
  readonly id?: number
  readonly name: string
  readonly at: Span
}

export interface Agent extends Named {
  readonly assistantId?: string
  readonly description?: string
  readonly inbound: boolean
  readonly contactNumber?: string
  readonly start?: AgentStart
  readonly connection: Connection
  /** Whether its address came with a request: then it may only be a public one. */
  readonly isForeign?: true
  /** Silence after the caller's turn that counts against the agent. */
  readonly silenceMs: number
  readonly limits: { readonly concurrency?: number; readonly startsPerSecond?: number }
  readonly version?: string
  /** Absolute folder of the file that declares it; its relative paths start here. */
  readonly folder: string
}

export interface AgentStart {
  /** A list runs as it is; a string goes to the shell. */
  readonly command: string | readonly string[]
  /** http(s)://, ws(s):// or tcp://host:port; absent where the connection has no address. */
  readonly ready?: string
  readonly timeoutMs: number
  readonly env: Readonly<Record<string, string>>
  /** Absolute. */
  readonly cwd: string
}

export interface Personality extends Named {
  readonly prompt?: string
  readonly language: string
  readonly interruptionLevel?: 'none' | 'low' | 'medium' | 'high'
  readonly speed?: number
}

export type Scalar = string | number | boolean | null

export interface TestProfile extends Named {
  readonly agentVariables: Readonly<Record<string, Scalar>>
  readonly callerVariables: Readonly<Record<string, Scalar>>
}

export interface Scenario extends Named {
  readonly description?: string
  /** Dotted: `Sales.Inbound`. */
  readonly folder?: string
  readonly tags: readonly string[]
  readonly personality?: Personality
  readonly testProfile?: TestProfile
  readonly behaviour: Behaviour
  readonly expectedOutcome?: string
  readonly expect: readonly Assertion[]
  /** Keys of the metrics to score. */
  readonly metrics: readonly string[]
  /** How often the caller may speak. */
  readonly maxTurns: number
  readonly maxDurationMs: number
  readonly idleTimeoutMs: number
  readonly idlePrompt: string
  readonly frequency: number
  readonly thresholds?: Thresholds
}

/** What drives the caller. */
export type Behaviour =
  | { readonly kind: 'script'; readonly script: Script }
  | { readonly kind: 'instructions'; readonly instructions: string; readonly firstMessage: Utterance }

/** A structured test; `script` and `conditional_actions` both become this. */
export interface Script {
  /** Empty when the agent speaks first. */
  readonly firstMessage: Utterance
  readonly steps: readonly Step[]
}

export interface Step {
  /** What reports call it: `step 2`, `condition 3`. */
  readonly label: string
  readonly trigger:
    | { readonly kind: 'any' }
    | { readonly kind: 'when'; readonly matcher: TextMatcher }
    /** The turn after another step (index into `steps`, -1 is the first message), whatever the agent says. */
    | { readonly kind: 'after'; readonly step: number }
  readonly say: Utterance
  /** Whether it may answer more than once. */
  readonly repeat: boolean
  readonly at: Span
}

export interface RunEntry {
  readonly name: string
  readonly agent: Agent
  readonly scenarios: Selector
  readonly tags: readonly string[]
  readonly tagsAll: readonly string[]
  readonly tagsNot: readonly string[]
  /** Where it is left out, each scenario's own. */
  readonly frequency?: number
  /** Empty: the scenarios' own. */
  readonly personalities: readonly Personality[]
  readonly testProfiles: readonly TestProfile[]
  readonly mode: 'same_number' | 'different_numbers'
  readonly outboundPhoneNumber?: string
  readonly agentNumber?: string
  readonly concurrencyLimit?: number
  readonly thresholds?: Thresholds
  readonly at: Span
}

/** Which scenarios; tags narrow it further. */
export type Selector =
  | { readonly kind: 'all' }
  | { readonly kind: 'first'; readonly count: number }
  /** Keys, in the order given. */
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  /** A dotted folder, and those below it. */
  | { readonly kind: 'folder'; readonly folder: string }

export interface Limits {
  readonly concurrency: number
  readonly startsPerSecond?: number
  readonly runTimeoutMs: number
  readonly suiteTimeoutMs?: number
  readonly maxRuns: number
  readonly maxFailures?: number
  readonly stopWhenDecided: boolean
}

/** How often a run is tried again, by how its attempt ended. */
export interface Retries {
  readonly infraError: number
  readonly agentError: number
  readonly failed: number
}
