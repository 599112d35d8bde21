import type { Assertion, Bounds } from './assertion.js'
import type { StepCause } from './cause.js'
import type { Connection } from './connection.js'
import type { Metric } from './metric.js'
import type { MockTools } from './mock-tool.js'
import type { JudgeModel, Model } from './model.js'
import type { SourceFile, Span } from './source.js'
import type { TextMatcher } from './text-matcher.js'
import type { Thresholds } from './thresholds.js'
import type { Transcript } from './transcript.js'
import type { Utterance } from './utterance.js'

/** A suite, loaded: includes merged, environment read, defaults filled, references checked, durations in milliseconds. */
export interface Document {
  readonly name: string
  readonly description?: string
  readonly owner?: string
  /** The suite file first, then what it includes, in order. */
  readonly sources: readonly SourceFile[]
  readonly models: { readonly caller?: Model; readonly judge?: JudgeModel }
  /** Whether what a model-driven caller said is read, to see whether it kept to its instructions. */
  readonly callerCheck: boolean
  readonly agents: readonly Agent[]
  readonly personalities: readonly Personality[]
  readonly testProfiles: readonly TestProfile[]
  /** Those declared, then the built-in ones that nothing declared has the name of. */
  readonly metrics: readonly Metric[]
  /** In the order of the files. */
  readonly scenarios: readonly Scenario[]
  readonly entries: readonly RunEntry[]
  /** Conversations of which it is known what they are worth: what the judge itself is judged by. */
  readonly controls: readonly JudgeControl[]
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
  readonly mockTools?: MockTools
  /** Silence after the caller's turn that counts against the agent. */
  readonly silenceMs: number
  readonly limits: { readonly concurrency?: number; readonly startsPerSecond?: number }
  readonly version?: string
  /** What it may say: the files that its statements are held against. */
  readonly knowledge: readonly SourceFile[]
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

/** How a caller speaks. All but name and language only where a model drives it. */
export interface Personality extends Named {
  /** May hold {{templates}}. */
  readonly prompt?: string
  /** BCP 47. */
  readonly language: string
  /** How readily it speaks before the agent has finished. */
  readonly interruptionLevel?: Level
  /** Speaking rate of a voice, 1 is normal; in text it only sets the pace. */
  readonly speed?: number
  readonly pace?: Pace
  readonly hesitation?: Level
  readonly typos?: Level
  /** A second language that slips in. */
  readonly languageMixing?: { readonly language: string; readonly level: Level }
}

/** How often something happens. */
export type Level = 'none' | 'low' | 'medium' | 'high'

export type Pace = 'slow' | 'normal' | 'fast'

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
  readonly expectedOutcome?: ExpectedOutcome
  readonly expect: readonly Assertion[]
  /** Keys of the metrics to score. */
  readonly metrics: readonly string[]
  /** How often the caller may speak. */
  readonly maxTurns: number
  readonly maxDurationMs: number
  readonly idleTimeoutMs: number
  readonly idlePrompt: string
  readonly frequency: Frequency
  readonly thresholds?: Thresholds
}

/** What must have come of a conversation: one text, to be split into its claims; or the claims themselves. */
export interface ExpectedOutcome {
  readonly kind: 'text' | 'claims'
  /** May hold {{templates}}. */
  readonly texts: readonly { readonly text: string; readonly at: Span }[]
}

/** How often each case runs: so many times, or until its pass rate is decided. */
export type Frequency = number | { readonly min: number; readonly max: number }

/** What drives the caller. */
export type Behaviour =
  | { readonly kind: 'script'; readonly script: Script }
  | {
      readonly kind: 'instructions'
      /** May hold {{templates}}. */
      readonly instructions: string
      /** Exact words; empty when the agent speaks first; left out when the caller finds its own. */
      readonly firstMessage?: Utterance
    }

/** A structured test; `script` and `conditional_actions` both become this. */
export interface Script {
  /** Empty when the agent speaks first. */
  readonly firstMessage: Utterance
  readonly steps: readonly Step[]
  /** Who the caller is, in plain language, for where it finds its own words. May hold {{templates}}. */
  readonly role?: string
}

export interface Step {
  /** What transcripts give as the cause of what it says. */
  readonly cause: StepCause
  readonly trigger:
    | { readonly kind: 'any' }
    /** `says`, in plain language, must hold too: a model is asked where the matcher holds. May hold {{templates}}. */
    | { readonly kind: 'when'; readonly matcher: TextMatcher; readonly says?: string }
    /** The turn after another step (index into `steps`, -1 is the first message), whatever the agent says. */
    | { readonly kind: 'after'; readonly step: number }
  readonly say: Utterance
  /** `own`: the texts of `say` tell what to say, and the caller finds the words; what else is in it acts as it is. */
  readonly wording: 'exact' | 'own'
  /** Whether it may answer more than once. */
  readonly repeat: boolean
  readonly at: Span
}

/** A conversation of which it is known what it is worth, and what a judge that can be trusted says of it. */
export interface JudgeControl {
  readonly key: string
  readonly at: Span
  readonly scenario: Scenario
  readonly transcript: Transcript
  readonly expect: {
    readonly outcome?: 'met' | 'not_met'
    readonly metrics: readonly ExpectedScore[]
  }
}

/** What the judge must say of a metric: that it does not apply, or a value. */
export interface ExpectedScore {
  /** Its key. */
  readonly metric: string
  readonly applies: boolean
  readonly bounds: Bounds
  readonly equals?: boolean | string | number
}

export interface RunEntry {
  readonly name: string
  readonly agent: Agent
  readonly scenarios: Selector
  readonly tags: readonly string[]
  readonly tagsAll: readonly string[]
  readonly tagsNot: readonly string[]
  /** Where it is left out, each scenario's own. */
  readonly frequency?: Frequency
  /** Empty: the scenarios' own. */
  readonly personalities: readonly Personality[]
  readonly testProfiles: readonly TestProfile[]
  readonly mode: 'same_number' | 'different_numbers'
  readonly outboundPhoneNumber?: string
  readonly agentNumber?: string
  readonly concurrencyLimit?: number
  /** Those of the agent's mock tools that it picks; where it is left out, all. */
  readonly mockToolNames?: readonly string[]
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
  /** What models may cost, in the suite's currency, before no more runs are started. */
  readonly maxCost?: number
  readonly stopWhenDecided: boolean
}

/** How often a run is tried again, by how its attempt ended. */
export interface Retries {
  readonly infraError: number
  readonly agentError: number
  readonly failed: number
}
