import type { PastRule, SuiteStarted } from './event.js'
import type { AgentIdentity } from './identity.js'
import type { CaseKey, ResultId } from './ids.js'
import type { Gate } from './report.js'

/** Version of the format of `history.jsonl`. */
export const historyVersion = 1

/** A result in one line of `history.jsonl`: what later results are set beside. Nothing that was said is in it. */
export interface HistoryLine {
  readonly version: typeof historyVersion
  readonly result: ResultId
  readonly at: string
  /** Name of the suite. */
  readonly suite: string
  readonly digests: SuiteStarted['digests']
  readonly agents: readonly PastAgent[]
  readonly commit?: string
  readonly verdict: Gate['verdict']
  /** Counted runs, and how many of them passed. */
  readonly passed: number
  readonly counted: number
  readonly runs: number
  readonly metrics: readonly PastMetric[]
  /** What the rules required. */
  readonly bar: readonly PastRule[]
  readonly cases: readonly PastCounts[]
  /** What the keys of its cases begin with because a request to a server was called so; absent if none asked for it. */
  readonly request?: string
  /** Only a part of the suite ran: a shard, a filter, a rerun. */
  readonly isPart?: true
  /** The results whose runs it joins; absent if it conducted its own. */
  readonly mergedFrom?: readonly ResultId[]
  /** SHA-256 of the result's journal, hexadecimal; absent if it is not known, as of a JSON report. */
  readonly journal?: string
  /** The result of a release. */
  readonly isRelease?: true
}

export interface PastAgent {
  readonly key: string
  readonly identity?: AgentIdentity
  /** Versions that it told during the result; absent if it told none. */
  readonly told?: readonly string[]
  /** The address that the command line gave it. */
  readonly address?: string
}

export interface PastMetric {
  readonly metric: string
  readonly mean?: number
  readonly p50?: number
  readonly p95?: number
}

/**
 * A case: how many of its counted runs passed, how many counted, how many passed only after a retry, and the ids of the causes for which others
 * failed; absent if none did, or the result is of an earlier Callsheet.
 */
export type PastCounts = readonly [key: CaseKey, passed: number, counted: number, retried: number, causes?: readonly string[]]
