import type { CaseKey, ResultId } from './ids.js'

/** How the cases of suites fared in all results that are stored. */
export interface History {
  /** Folder that they are in. */
  readonly folder: string
  readonly suites: readonly SuiteHistory[]
  /** Folders of results that could not be read, and why. */
  readonly unreadable: readonly { readonly place: string; readonly because: string }[]
}

export interface SuiteHistory {
  readonly suite: string
  readonly results: number
  /** Those that did not come out the same way every time, the most restless first. */
  readonly restless: readonly CaseHistory[]
  /** How many cases always came out the same way. */
  readonly steady: number
}

export interface CaseHistory {
  readonly key: CaseKey
  /**
   * `flaky`: it passed and failed within a result, or came out otherwise in the next one though the suite was the same.
   * `changed`: it came out otherwise only where the suite had changed.
   */
  readonly kind: 'flaky' | 'changed'
  /** Counted runs in all results, and those of them that passed. */
  readonly counted: number
  readonly passed: number
  /** Results in which it passed and failed, over its repeats or their attempts. */
  readonly mixed: number
  /** How often it came out otherwise than in the result before. */
  readonly flips: number
  readonly lastFlip?: Flip
  /** Results in which it was counted, oldest first. */
  readonly results: readonly PastCase[]
}

export interface Flip {
  readonly from: PastCase['came']
  readonly to: PastCase['came']
  /** Result that it came out otherwise in, and when that began. */
  readonly result: ResultId
  readonly at: string
  /** Whether agents, scenarios, thresholds or options differ from the result before, by its digest. */
  readonly suiteChanged: boolean
}

export interface PastCase {
  readonly result: ResultId
  readonly at: string
  readonly came: 'passed' | 'failed' | 'mixed'
  readonly passed: number
  readonly counted: number
}
