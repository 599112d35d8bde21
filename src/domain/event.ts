import type { BackgroundNoise, CallerSound } from './caller-sound.js'
import type { DeniedTool } from './denied-tools.js'
import type { ConnectionType } from './connection.js'
import type { AgentIdentity } from './identity.js'
import type { CaseKey, ResultId, RunKey } from './ids.js'
import type { MergedFrom } from './merged-from.js'
import type { ModelRole, ModelUsage } from './model.js'
import type { Outcome, StopReason } from './outcome.js'
import type { GateLine, GateMeasure, Report } from './report.js'
import type { StartContext } from './start-context.js'
import type { SpeechRole } from './speech-settings.js'
import type { Thresholds, UntilDecided } from './thresholds.js'
import type { Moment } from './transcript.js'
import type { MessageSettings } from './turn-text.js'
import type { ControlOutcome, Holds } from './verdict.js'
import type { PlannedCall } from './planned-call.js'
import type { Waiver } from './waiver.js'
import type { Lacking } from './trunk-desk.js'
import type { DetectorName } from './sound.js'
import type { SpeechEngine } from './speech-settings.js'

/** The version of the event format. The first event of a journal states it. */
export const eventVersion = 4

/**
 * The events of a result, in order. Progress, reports, the exit code and a resumption all derive from them. A journal has
 * one event per line, as JSON. `at` is an ISO 8601 time. Producers put `type` first, then `index` and `attempt` if there are
 * any: readers of a journal recognise lines by their first bytes.
 */
export type SuiteEvent =
  | SuiteStarted
  | SuiteResumed
  | AgentReady
  | ModelReady
  | RunEvent
  | RunAmended
  | CaseDecided
  | EntryDecided
  | JudgeControlled
  | BaselineCompared
  | SuiteStopping
  | SuiteEnded

/** The events of single runs; the run stage emits no others. */
export type RunEvent = RunStarted | RunWaiting | RunAwaiting | RunTurn | RunRetrying | RunEnded

/** Whether journals keep an event. The others are only shown. */
export function isKept({ type }: SuiteEvent): boolean {
  return type !== 'run.turn' && type !== 'run.waiting'
}

export interface SuiteStarted {
  readonly type: 'suite.started'
  readonly version: typeof eventVersion
  readonly at: string
  readonly result: ResultId
  readonly callsheet: string
  readonly suite: { readonly name: string; readonly description?: string; readonly owner?: string; readonly file: string }
  readonly plan: PlanSummary
  readonly digests: Digests
  /** What is not as it was in the baseline, or else in the result of the suite before; absent if nothing is, or none is known. */
  readonly changed?: ChangedSince
  /** Names of the secrets that are taken out wherever they occur; absent if there are none. */
  readonly redacted?: readonly string[]
  /** Where and by whom it was started; absent if nothing is known. */
  readonly context?: StartContext
  /** Command line options that shaped the plan, so that a resumption need not repeat them. */
  readonly options: Readonly<Record<string, unknown>>
  /** A client of the server asked for it; absent if the suite's own runs were conducted. */
  readonly requested?: RequestedResult
  /** The result whose conversations this one scores again; absent if it conducted its own. */
  readonly rescoredFrom?: ResultId
  /** The results whose runs this one joins; absent if it conducted its own. */
  readonly mergedFrom?: MergedFrom
  /** The cassette that model answers were recorded to or replayed from; absent if there was none. */
  readonly cassette?: CassetteUsed
}

/** What of a request decides how its runs can be repeated. */
export interface RequestedResult {
  /** Scenarios, or the way to the agent, came with the request: they are in no suite. */
  readonly isElsewhere?: true
}

/** An earlier result whose suite or thresholds were others. */
export interface ChangedSince {
  readonly result: ResultId
  readonly at: string
  readonly suite?: true
  /** What the rules required then; absent if the thresholds are the same. */
  readonly bar?: readonly PastRule[]
}

/** What a rule of the gate required. */
export type PastRule = Pick<GateLine, 'scope' | 'rule' | 'required'>

/** SHA-256, hexadecimal, of what decides what a result means. Secrets, and the identities of agents, are in none of them. */
export interface Digests {
  /** The suite with everything it refers to, whatever part of it runs. Results of one suite have the same. */
  readonly suite: string
  /** All thresholds: what was required, whatever part of the suite runs. */
  readonly bar: string
  /** The plan and everything it refers to. A result resumes only under the same digest. */
  readonly plan: string
}

/** `replayed`: no model was asked; costs are those of the recording. */
export interface CassetteUsed {
  readonly mode: 'recorded' | 'replayed'
  /** As the user gave it. */
  readonly file: string
}

export interface SuiteResumed {
  readonly type: 'suite.resumed'
  readonly at: string
  /** Planned runs, and how many of them had already ended. */
  readonly total: number
  readonly done: number
  /** The agents that have another identity than when the result started, by key; absent if there are none. */
  readonly identities?: Readonly<Record<string, AgentIdentity>>
}

export interface AgentReady {
  readonly type: 'agent.ready'
  readonly at: string
  readonly agent: string
  readonly tookMs: number
}

/**
 * A model that the suite needs has answered, before the first call; or an engine of this machine speaks or hears, because the suite names
 * none.
 */
export interface ModelReady {
  readonly type: 'model.ready'
  readonly at: string
  readonly role: ModelRole | SpeechRole
  readonly model: string
  readonly tookMs: number
  /** Usage of this check. */
  readonly usage: readonly ModelUsage[]
}

export interface RunStarted {
  readonly type: 'run.started'
  readonly at: string
  /** The run's place in the plan, from 0. */
  readonly index: number
  readonly run: RunKey
  /** From 1. */
  readonly attempt: number
}

/** What an attempt waits for at a telephone trunk, each time that this changes, and every 30 seconds while it does not. For showing only: journals do not have it. */
export interface RunWaiting {
  readonly type: 'run.waiting'
  readonly index: number
  readonly attempt: number
  /** Its key. */
  readonly trunk: string
  /** Absent once the attempt has it. */
  readonly lacks?: Lacking
}

/** An attempt waits for its agent to call. From then on, the agent may. */
export interface RunAwaiting {
  readonly type: 'run.awaiting'
  readonly index: number
  readonly attempt: number
  readonly at: string
  readonly run: RunKey
  /** The number of ours that is to be called. */
  readonly number: string
  /** How long it waits. */
  readonly forMs: number
}

export interface RunTurn {
  readonly type: 'run.turn'
  readonly index: number
  readonly attempt: number
  readonly moment: Moment
}

export interface RunRetrying {
  readonly type: 'run.retrying'
  readonly index: number
  readonly run: RunKey
  readonly attempt: number
  readonly status: Outcome['status']
  readonly because: string
  readonly inMs: number
  /** The whole attempt, so that a resumption after a crash can continue the run. */
  readonly made: Attempt
}

/** One attempt of a run. */
export interface Attempt {
  readonly startedAt: string
  readonly durationMs: number
  readonly outcome: Outcome
  /** Model usage of its caller and its judge; absent if neither asked a model. */
  readonly usage?: readonly ModelUsage[]
}

/** The last event of each run, with everything reports need of it. */
export interface RunEnded {
  readonly type: 'run.ended'
  readonly at: string
  readonly index: number
  readonly run: RunKey
  readonly outcome: Outcome
  /** Start of the last attempt; absent if the run was not started. */
  readonly startedAt?: string
  /** Duration of the last attempt, milliseconds. */
  readonly durationMs: number
  /** The attempts before the last, oldest first. */
  readonly earlier: readonly Attempt[]
  /** Whether the run passed after an attempt that counted against the agent. */
  readonly flaky: boolean
  /** Model usage of the last attempt's caller and judge; absent if neither asked a model. */
  readonly usage?: readonly ModelUsage[]
  /** The version that the agent told in the last attempt; absent if it told none. */
  readonly agentVersion?: string
}

/**
 * At the end of a suite, the outcome of a run that rests on a pointer of its agent's connection which found nothing in the whole
 * result. It replaces the run's end.
 */
export interface RunAmended extends Omit<RunEnded, 'type'> {
  readonly type: 'run.amended'
  readonly was: 'passed' | 'failed' | 'unscored'
}

/** A case that repeats until its pass rate is decided has reached a decision: no more of its runs start. */
export interface CaseDecided {
  readonly type: 'case.decided'
  readonly at: string
  /** Index of the case in the plan. */
  readonly case: number
  readonly verdict: 'met' | 'not_met'
}

export interface EntryDecided {
  readonly type: 'entry.decided'
  readonly at: string
  /** Index of the entry in the plan. */
  readonly entry: number
}

/** The judge was checked on a conversation with a known verdict. */
export interface JudgeControlled {
  readonly type: 'judge.controlled'
  readonly at: string
  /** Key of the control; for a service's judge, what it judged there. */
  readonly control: string
  /** Concerns a hosted service's own judge, not a control of the suite. Emitted only if that judge is not reliable. */
  readonly isElsewhere?: true
  /** Whether the judge agreed with the suite; `unknown` if it was inconclusive or failed. */
  readonly holds: Holds
  /** What the judge said instead, in one line; empty if it agreed. */
  readonly because: string
  /** Absent if the control expects only metrics. */
  readonly outcome?: ControlOutcome
  readonly usage?: readonly ModelUsage[]
}

/** Before the end of a suite that must not be worse than its baseline: how it compares. The baseline may be gone later. */
export interface BaselineCompared extends Pick<GateMeasure, 'value' | 'k' | 'n'> {
  readonly type: 'baseline.compared'
  readonly at: string
  /** As in the gate's line of `no_regression`. */
  readonly measured: string
  readonly verdict: GateLine['verdict']
  readonly because?: string
}

export interface SuiteStopping {
  readonly type: 'suite.stopping'
  readonly at: string
  readonly reason: StopReason
}

export interface SuiteEnded {
  readonly type: 'suite.ended'
  readonly at: string
  readonly report: Report
}

/** The plan as reports need it, without scripts and connections. */
export interface PlanSummary {
  readonly seed: number
  readonly totalRuns: number
  readonly thresholds: Thresholds
  /** Exceptions; absent if there are none. */
  readonly waivers?: readonly Waiver[]
  readonly maxFailures?: number
  /** How many days ahead a waiver or an exception may expire; absent: the usual. */
  readonly maxWaiverDays?: number
  /** Keys of the judge controls; absent if there are none. */
  readonly controls?: readonly string[]
  /** The caller's model; absent if no run needs one. */
  readonly caller?: ModelSummary
  /** The judge's model; absent if no run needs one. */
  readonly judge?: JudgeSummary
  /** What speaks for callers and hears agents in calls; absent if the suite names none, or no run is a call. */
  readonly tts?: SpeechSummary
  readonly stt?: SpeechSummary
  readonly detector?: DetectorName
  readonly entries: readonly EntrySummary[]
}

/** What is needed to ask a model the same question again. */
export interface ModelSummary {
  readonly model: string
  /** Absent if the endpoint decides. */
  readonly temperature?: number
  /** Base of the seeds of its requests. */
  readonly seed?: number
}

export interface JudgeSummary extends ModelSummary {
  readonly votes: number
}

/** What decides how a speech engine speaks or hears. */
export interface SpeechSummary {
  readonly engine: SpeechEngine
  /** Its model, or the program of its preset. */
  readonly model?: string
  /** The name of its model's folder. */
  readonly models?: string
  readonly voice?: string
  readonly speed?: number
  readonly language?: string
}

export interface EntrySummary {
  readonly index: number
  readonly name: string
  readonly slug: string
  readonly agent: {
    readonly key: string
    readonly id?: number
    readonly name: string
    readonly identity?: AgentIdentity
    readonly channel: ConnectionType
    /** How its messages are taken, if the suite says so. */
    readonly messages?: MessageSettings
  }
  readonly thresholds?: Thresholds
  /** Tools that its scenarios must not see called, but for mock tools; absent if there are none. */
  readonly deniedTools?: readonly DeniedTool[]
  /** Pointers into the agent's metadata at which its scenarios deny a value; absent if there are none. */
  readonly deniedMetadata?: readonly string[]
  readonly cases: readonly CaseSummary[]
}

export interface CaseSummary {
  readonly index: number
  readonly key: CaseKey
  /** Maximum, with `untilDecided`. */
  readonly repeats: number
  readonly untilDecided?: UntilDecided
  readonly firstRun: number
  readonly scenario: {
    readonly key: string
    readonly id?: number
    readonly name: string
    readonly folder?: string
    readonly tags: readonly string[]
    /** A model finds words for the caller; absent if the suite has all of them. */
    readonly ownWords?: true
    /** Keys of the metrics that its runs are scored on. */
    readonly metrics: readonly string[]
    /** Its file, relative to the working directory. */
    readonly file: string
    readonly line: number
    readonly thresholds?: Thresholds
  }
  readonly personality?: { readonly key: string; readonly id?: number; readonly name: string }
  readonly testProfile?: { readonly key: string; readonly id?: number; readonly name: string }
  /** How it is called; absent if it is not a call. */
  readonly call?: CallSummary
}

/** How a case is called, without what is only true on this machine. */
export interface CallSummary extends Omit<PlannedCall, 'sound'> {
  readonly sound: Omit<CallerSound, 'backgroundNoise'> & { readonly backgroundNoise?: Omit<BackgroundNoise, 'file'> }
}
