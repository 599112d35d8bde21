import type { CaseKey, ResultId } from './ids.js'

/** How the cases of suites fared in all stored results. */
export interface History {
  /** Folder that the results are in. */
  readonly folder: string
  readonly suites: readonly SuiteHistory[]
  /** Folders of results that could not be read, and why. */
  readonly unreadable: readonly { readonly place: string; readonly because: string }[]
}

export interface SuiteHistory {
  readonly suite: string
  readonly results: number
  /** Cases that did not always end the same way, the most restless first. */
  readonly restless: readonly CaseHistory[]
  /** How many cases always ended the same way. */
  readonly steady: number
}

export interface CaseHistory {
  readonly key: CaseKey
  /**
   * - `flaky`: the case passed and failed within one result, or flipped between two results of the same suite.
   * - `changed`: it flipped only where the suite had changed.
   */
  readonly kind: 'flaky' | 'changed'
  /** Counted runs in all results, and how many of them passed. */
  readonly counted: number
  readonly passed: number
  /** Results in which the case both passed and failed, over its repeats or their attempts. */
  readonly mixed: number
  /** How often the case ended differently from the result before. */
  readonly flips: number
  readonly lastFlip?: Flip
  /** Results in which the case was counted, oldest first. */
  readonly results: readonly PastCase[]
}

export interface Flip {
  readonly from: PastCase['came']
  readonly to: PastCase['came']
  /** The result in which the case flipped, and when that result started. */
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
