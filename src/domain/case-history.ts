import type { PastMetric } from './history-line.js'
import type { CaseKey, ResultId } from './ids.js'
import type { Gate } from './report.js'

/** How the cases of suites fared in all results that are known. */
export interface History {
  /** Folder that the results are in. */
  readonly folder: string
  readonly suites: readonly SuiteHistory[]
  /** Results that could not be read, and why. */
  readonly unreadable: readonly { readonly place: string; readonly because: string }[]
}

export interface SuiteHistory {
  readonly suite: string
  /** Oldest first. */
  readonly results: readonly PastResult[]
  /** The most restless first, then by key. */
  readonly cases: readonly CaseHistory[]
  /** The newest result that is marked as a release; absent if none is. */
  readonly release?: ResultId
}

export interface PastResult {
  readonly result: ResultId
  readonly at: string
  /** The agents with their versions and digests, in one line. */
  readonly agents: string
  readonly verdict: Gate['verdict']
  readonly passed: number
  readonly counted: number
  readonly metrics: readonly PastMetric[]
  readonly isPart?: true
  readonly isRelease?: true
  /** What is not as in the result before; absent if nothing is. */
  readonly changed?: readonly ('agent' | 'suite' | 'bar')[]
}

export interface CaseHistory {
  readonly key: CaseKey
  /**
   * - `flaky`: the case passed and failed within one result, or flipped although neither agent nor suite had changed, or flipped back
   *   and forth while nothing tells whether the agent had changed.
   * - `changed`: it flipped otherwise: an agent that got worse is not flaky.
   */
  readonly kind: 'steady' | 'flaky' | 'changed'
  /** Counted runs in all results, and how many of them passed. */
  readonly counted: number
  readonly passed: number
  /** Results in which the case both passed and failed, over its repeats or their attempts. */
  readonly mixed: number
  /** How often the case ended differently from the result before. */
  readonly flips: number
  readonly lastFlip?: Flip
  /** The first of the newest results in which not every run of it passed; absent if all did in the newest. */
  readonly failingSince?: FailingSince
  /** It fails in the newest result, and it passed in the release or is not in it; absent if no result is marked as a release. */
  readonly isNewSinceRelease?: true
  /** Results in which the case was counted, oldest first. */
  readonly results: readonly PastCase[]
}

export interface FailingSince extends Pick<PastResult, 'result' | 'at' | 'agents'> {
  /** The first of the newest results that fail for the causes of today; absent if all since then do, or their causes are not known. */
  readonly forThisCause?: Pick<PastResult, 'result' | 'at' | 'agents'>
}

export interface Flip {
  readonly from: PastCase['came']
  readonly to: PastCase['came']
  /** The result in which the case flipped, and when that result started. */
  readonly result: ResultId
  readonly at: string
  /** What differs from the result before: `unknown` if the suite is the same and no identity tells whether the agent is. */
  readonly because: 'agent' | 'suite' | 'agent_and_suite' | 'nothing' | 'unknown'
  /** For a flip to a failure: whether it has a cause in common with the failure before; absent if there was none, or a cause is not known. */
  readonly cause?: 'same' | 'other'
}

export interface PastCase {
  readonly result: ResultId
  readonly at: string
  readonly came: 'passed' | 'failed' | 'mixed'
  readonly passed: number
  readonly counted: number
  /** Ids of the causes for which runs failed; absent if none did, or they are not known. */
  readonly causes?: readonly string[]
}
