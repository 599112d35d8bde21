import type { ConnectionType } from './connection.js'
import type { CaseKey, ResultId, RunKey } from './ids.js'
import type { ModelRole, ModelUsage } from './model.js'
import type { Outcome, StopReason } from './outcome.js'
import type { Report } from './report.js'
import type { Thresholds, UntilDecided } from './thresholds.js'
import type { Moment } from './transcript.js'
import type { Holds } from './verdict.js'

/** The version of the event format; a journal says it once, in its first event. */
export const eventVersion = 2

/**
 * Everything that happens, in order: progress, reports, the exit code and a resumption are all read off these. A journal
 * holds one as a JSON object a line. `at` is an ISO 8601 time. Whoever makes an event puts `type` first, then `index` and
 * `attempt` where there are any: readers of a journal tell lines apart by their first bytes.
 */
export type SuiteEvent =
  | SuiteStarted
  | SuiteResumed
  | AgentReady
  | ModelReady
  | RunEvent
  | CaseDecided
  | EntryDecided
  | JudgeControlled
  | SuiteStopping
  | SuiteEnded

/** The events of single runs; all that the run stage yields. */
export type RunEvent = RunStarted | RunTurn | RunRetrying | RunEnded

export interface SuiteStarted {
  readonly type: 'suite.started'
  readonly version: typeof eventVersion
  readonly at: string
  readonly result: ResultId
  readonly callsheet: string
  readonly suite: { readonly name: string; readonly description?: string; readonly owner?: string; readonly file: string }
  readonly plan: PlanSummary
  /** Of the plan and all that it refers to, secrets aside; a run is resumed only under the same digest. */
  readonly digest: string
  /** Options of the command line that shaped the plan, so that a resumption need not repeat them. */
  readonly options: Readonly<Record<string, unknown>>
  /** The result whose conversations this one scores anew; absent where it held its own. */
  readonly rescoredFrom?: ResultId
  /** Where what its models answered was recorded, or comes from; absent where they were only asked, or none was needed. */
  readonly cassette?: CassetteUsed
}

/** `replayed`: no model was asked, and what that cost is what it had cost when it was recorded. */
export interface CassetteUsed {
  readonly mode: 'recorded' | 'replayed'
  /** As it was given. */
  readonly file: string
}

export interface SuiteResumed {
  readonly type: 'suite.resumed'
  readonly at: string
  /** Planned runs, and those of them that were over already. */
  readonly total: number
  readonly done: number
}

export interface AgentReady {
  readonly type: 'agent.ready'
  readonly at: string
  readonly agent: string
  readonly tookMs: number
}

/** A model that the suite needs has answered, before any agent was called. */
export interface ModelReady {
  readonly type: 'model.ready'
  readonly at: string
  readonly role: ModelRole
  readonly model: string
  readonly tookMs: number
  /** What it took to find out. */
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
  /** The whole attempt, for whoever goes on with the run after a crash; journals of older versions lack it. */
  readonly made?: Attempt
}

/** An attempt that was followed by another. */
export interface Attempt {
  readonly startedAt: string
  readonly durationMs: number
  readonly outcome: Outcome
  /** What its caller and its judge took; absent where neither asked a model. */
  readonly usage?: readonly ModelUsage[]
}

/** The last event of each run: all that reports need of it. */
export interface RunEnded {
  readonly type: 'run.ended'
  readonly at: string
  readonly index: number
  readonly run: RunKey
  readonly outcome: Outcome
  /** Of the last attempt; absent where the run was not started. */
  readonly startedAt?: string
  /** Of the last attempt, milliseconds. */
  readonly durationMs: number
  /** Those before the last, oldest first. */
  readonly earlier: readonly Attempt[]
  /** Whether it passed after an attempt that counted against the agent. */
  readonly flaky: boolean
  /** Of the last attempt: what its caller and its judge took; absent where neither asked a model. */
  readonly usage?: readonly ModelUsage[]
}

/** A case that repeats until its pass rate is decided has come so far: no more of its runs are started. */
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

/** A judge was shown a conversation of which the suite knows what it is worth. */
export interface JudgeControlled {
  readonly type: 'judge.controlled'
  readonly at: string
  /** Key of the control; of a service's judge, what it judged there. */
  readonly control: string
  /** A hosted service's own judge: told only where it is not to be relied on, and no control of the suite. */
  readonly isElsewhere?: true
  /** Whether the judge saw it as the suite does; `unknown` where it could not tell, or failed. */
  readonly holds: Holds
  /** What it said instead, in one line; empty where it was right. */
  readonly because: string
  readonly usage?: readonly ModelUsage[]
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

/** The plan, as reports need it: no scripts, no connections. */
export interface PlanSummary {
  readonly seed: number
  readonly totalRuns: number
  readonly thresholds: Thresholds
  readonly maxFailures?: number
  /** Keys of the conversations that the judge itself is judged by; absent where there are none. */
  readonly controls?: readonly string[]
  /** The model that speaks as the caller; absent where no run needs one. */
  readonly caller?: ModelSummary
  /** The model that judges; absent where no run needs one. */
  readonly judge?: JudgeSummary
  readonly entries: readonly EntrySummary[]
}

/** What a reader should know of a model, to ask it the same again. */
export interface ModelSummary {
  readonly model: string
  /** Absent where it is left to the endpoint. */
  readonly temperature?: number
  /** What the seeds of its questions start from. */
  readonly seed?: number
}

export interface JudgeSummary extends ModelSummary {
  readonly votes: number
}

export interface EntrySummary {
  readonly index: number
  readonly name: string
  readonly slug: string
  readonly agent: {
    readonly key: string
    readonly id?: number
    readonly name: string
    readonly version?: string
    readonly channel: ConnectionType
  }
  readonly thresholds?: Thresholds
  readonly cases: readonly CaseSummary[]
}

export interface CaseSummary {
  readonly index: number
  readonly key: CaseKey
  /** With `untilDecided`, at most. */
  readonly repeats: number
  readonly untilDecided?: UntilDecided
  readonly firstRun: number
  readonly scenario: {
    readonly key: string
    readonly id?: number
    readonly name: string
    readonly folder?: string
    readonly tags: readonly string[]
    /** Whether a model finds words of its caller; absent where the suite gives them all. */
    readonly ownWords?: true
    /** Keys of the metrics that its runs are scored on. */
    readonly metrics: readonly string[]
    /** Where it stands, relative to where Callsheet was started. */
    readonly file: string
    readonly line: number
    readonly thresholds?: Thresholds
  }
  readonly personality?: { readonly key: string; readonly id?: number; readonly name: string }
  readonly testProfile?: { readonly key: string; readonly id?: number; readonly name: string }
}
