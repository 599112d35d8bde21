import type { Assertion, Bounds } from './assertion.js'
import type { CallerSound } from './caller-sound.js'
import type { StepCause } from './cause.js'
import type { ClaimKind } from './claim-kind.js'
import type { Connection } from './connection.js'
import type { Hearing } from './hearing.js'
import type { Level } from './how-often.js'
import type { Metric } from './metric.js'
import type { AgentIdentity } from './identity.js'
import type { MockTools } from './mock-tool.js'
import type { JudgeModel, Model } from './model.js'
import type { RecordingFormat, RecordingsKept } from './recording.js'
import type { SecretVariable } from './secret.js'
import type { SourceFile, Span } from './source.js'
import type { DetectorName } from './sound.js'
import type { SpeechSettings } from './speech-settings.js'
import type { TextMatcher } from './text-matcher.js'
import type { Thresholds } from './thresholds.js'
import type { Transcript } from './transcript.js'
import type { TurnTaking } from './turn-taking.js'
import type { MessageSettings } from './turn-text.js'
import type { Utterance } from './utterance.js'
import type { Waiver } from './waiver.js'

/** A loaded suite: includes merged, environment read, defaults filled, references checked, durations in milliseconds. */
export interface Document {
  readonly name: string
  readonly description?: string
  readonly owner?: string
  /** The suite file, then its includes in order. */
  readonly sources: readonly SourceFile[]
  readonly models: SuiteModels
  /** When the words of agents that speak are known; absent if each case decides. */
  readonly hear?: Hearing
  /** What tells speech from silence in calls; absent if this machine's best does. */
  readonly detector?: DetectorName
  /** Which calls keep their recording. */
  readonly recordings: RecordingsKept
  /** Default: WAV. */
  readonly recordingFormat?: RecordingFormat
  /** Whether an auditor checks that model-driven callers kept to their instructions. */
  readonly callerCheck: boolean
  readonly agents: readonly Agent[]
  readonly personalities: readonly Personality[]
  readonly testProfiles: readonly TestProfile[]
  /** The declared ones, then the built-in ones whose names are still free. */
  readonly metrics: readonly Metric[]
  /** In the order of the files. */
  readonly scenarios: readonly Scenario[]
  readonly entries: readonly RunEntry[]
  /** Conversations with a known verdict, to check the judge with. */
  readonly controls: readonly JudgeControl[]
  readonly thresholds: Thresholds
  /** Exceptions; absent if there are none. */
  readonly waivers?: readonly Waiver[]
  readonly limits: Limits
  readonly retries: Retries
  /** Every environment variable that the suite reads, with its value. */
  readonly variables: readonly { readonly name: string; readonly value: string }[]
  /** The environment variables that are secret. */
  readonly secrets: readonly SecretVariable[]
}

/** The models of a suite, by what they do. `tts` and `stt` speak for callers and hear agents. */
export interface SuiteModels {
  readonly caller?: Model
  readonly judge?: JudgeModel
  readonly tts?: SpeechSettings
  readonly stt?: SpeechSettings
}

/** Something the suite declares: users refer to it by key, the API by id. */
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
  /** Its address came with a request, so it must be a public one. */
  readonly isForeign?: true
  readonly mockTools?: MockTools
  /** Silence after the caller's turn that counts against the agent. */
  readonly silenceMs: number
  readonly messages: MessageSettings
  readonly limits: { readonly concurrency?: number; readonly startsPerSecond?: number }
  readonly identity: AgentIdentity
  /** The files that its statements are checked against. */
  readonly knowledge: readonly SourceFile[]
  /** Absolute folder of the declaring file, which relative paths start from. */
  readonly folder: string
}

export interface AgentStart {
  /** A list runs directly; a string goes to the shell. */
  readonly command: string | readonly string[]
  /** http(s)://, ws(s):// or tcp://host:port; absent if the connection has no address. */
  readonly ready?: string
  readonly timeoutMs: number
  readonly env: Readonly<Record<string, string>>
  /** Absolute. */
  readonly cwd: string
}

/** How a caller speaks. In text, everything but name and language affects only model-driven callers. */
export interface Personality extends Named {
  /** May contain {{templates}}. */
  readonly prompt?: string
  /** BCP 47. */
  readonly language: string
  /** How readily the caller speaks before the agent has finished. */
  readonly interruptionLevel?: Level
  /** Speaking rate of a voice, 1 is normal. In text it only sets the pace. */
  readonly speed?: number
  readonly pace?: Pace
  readonly hesitation?: Level
  readonly typos?: Level
  /** A second language that slips in. */
  readonly languageMixing?: { readonly language: string; readonly level: Level }
  /** How it takes turns in a call. Default: {@link turnPresets}.normal. */
  readonly turns?: TurnTaking
  /** How it sounds in a call. Default: {@link usualSound}. */
  readonly sound?: CallerSound
}

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
  /** How many turns the caller may take. */
  readonly maxTurns: number
  readonly maxDurationMs: number
  readonly idleTimeoutMs: number
  /** The suite states `idle_timeout`. Otherwise, in a call, the caller's way to take turns decides. */
  readonly statesIdleTimeout?: true
  readonly idlePrompt: string
  readonly frequency: Frequency
  readonly thresholds?: Thresholds
}

/** The expected outcome of a conversation: one text, which the judge splits into claims, or the claims themselves. */
export interface ExpectedOutcome {
  readonly kind: 'text' | 'claims'
  /** May contain {{templates}}. A claim's kind is the author's; without it, the claim's words decide. */
  readonly texts: readonly { readonly text: string; readonly at: Span; readonly kind?: ClaimKind }[]
}

/** How often each case runs: a fixed number of times, or until its pass rate is decided. */
export type Frequency = number | { readonly min: number; readonly max: number }

/** What drives the caller. */
export type Behaviour =
  | { readonly kind: 'script'; readonly script: Script }
  | {
      readonly kind: 'instructions'
      /** May contain {{templates}}. */
      readonly instructions: string
      /** Exact words. Empty if the agent speaks first; absent if the caller finds its own. */
      readonly firstMessage?: Utterance
    }

/** A scripted caller; both `script` and `conditional_actions` become this. */
export interface Script {
  /** Empty if the agent speaks first. */
  readonly firstMessage: Utterance
  readonly steps: readonly Step[]
  /** Who the caller is, in plain language, for steps in its own words. May contain {{templates}}. */
  readonly role?: string
}

export interface Step {
  /** The cause that the transcript records for the step's words. */
  readonly cause: StepCause
  readonly trigger:
    | { readonly kind: 'any' }
    /**
     * `says` is a further condition in plain language. A model decides it once the matcher matches. May contain
     * {{templates}}.
     */
    | { readonly kind: 'when'; readonly matcher: TextMatcher; readonly says?: string }
    /** The turn after another step (index into `steps`, -1 is the first message), whatever the agent says. */
    | { readonly kind: 'after'; readonly step: number }
  readonly say: Utterance
  /** `own`: the texts of `say` describe what to say and the caller finds the words; tags still act as written. */
  readonly wording: 'exact' | 'own'
  /** Whether the step may answer more than once. */
  readonly repeat: boolean
  readonly at: Span
}

/** A conversation with a known verdict, and the judgement that a reliable judge gives of it. */
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

/** What the judge must say about a metric: that it does not apply, or a value. */
export interface ExpectedScore {
  /** The metric's key. */
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
  /** Default: each scenario's own. */
  readonly frequency?: Frequency
  /** Empty: the scenarios' own. */
  readonly personalities: readonly Personality[]
  readonly testProfiles: readonly TestProfile[]
  readonly mode: 'same_number' | 'different_numbers'
  readonly outboundPhoneNumber?: string
  readonly agentNumber?: string
  readonly concurrencyLimit?: number
  /** The agent's mock tools that the entry uses. Default: all. */
  readonly mockToolNames?: readonly string[]
  readonly thresholds?: Thresholds
  readonly at: Span
}

/** Selects scenarios; tags narrow the selection. */
export type Selector =
  | { readonly kind: 'all' }
  | { readonly kind: 'first'; readonly count: number }
  /** Keys, in the order given. */
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  /** A dotted folder, including its subfolders. */
  | { readonly kind: 'folder'; readonly folder: string }

export interface Limits {
  /** How many days ahead a waiver may expire; absent: 90. */
  readonly maxWaiverDays?: number
  readonly concurrency: number
  readonly conversation: ConversationLimits
  readonly startsPerSecond?: number
  readonly runTimeoutMs: number
  readonly suiteTimeoutMs?: number
  readonly maxRuns: number
  readonly maxFailures?: number
  /** Once models have cost this much, in the suite's currency, no more runs start. */
  readonly maxCost?: number
  readonly stopWhenDecided: boolean
}

/** How much the agent may do in one conversation. */
export interface ConversationLimits {
  /** The total size of its words, tool calls and metadata. */
  readonly maxBytes: number
  readonly maxMessages: number
  readonly maxToolCalls: number
}

export const defaultConversationLimits: ConversationLimits = { maxBytes: 5_000_000, maxMessages: 10_000, maxToolCalls: 1_000 }

/** How often a run is retried, by how its attempt ended. */
export interface Retries {
  readonly infraError: number
  readonly agentError: number
  readonly failed: number
}
