import type { Signoff } from './attestation.js'
import type { Gate } from './report.js'

/** A result of a server, in a list. */
export interface ListedResult {
  readonly id: number
  readonly name: string
  /** Name of the suite. */
  readonly suite: string
  /** Its agents with their versions and digests, in one line. */
  readonly agents: string
  readonly state: 'pending' | 'running' | Gate['verdict']
  readonly runs: number
  /** So far. */
  readonly ended: number
  /** Counted runs, and how many of them passed. */
  readonly counted: number
  readonly passed: number
  /** ISO 8601. */
  readonly startedAt: string
  readonly startedBy?: string
  readonly branch?: string
  /** By whom it was signed off, as the envelopes say. */
  readonly signed: readonly ListedSignoff[]
  /** Absent if no earlier result of the suite is known. */
  readonly since?: SinceResult
}

export interface ListedSignoff {
  readonly name: string
  readonly role: string
  readonly decision: Signoff['decision']
}

/** What became of the cases since an earlier result of the same suite, without any statistics. */
export interface SinceResult {
  readonly result: number
  /** Cases that passed every run then, and do not now. */
  readonly failing: number
  /** Cases that pass every run now, and did not then. */
  readonly mended: number
}

/** A list of results, and what it is filtered by. */
export interface ResultListing {
  readonly results: readonly ListedResult[]
  /** The suites that are served. */
  readonly suites: readonly { readonly key: string; readonly name: string }[]
  readonly filter: ListFilter
  readonly count: number
  /** From 1. */
  readonly page: number
  readonly pages: number
}

export interface ListFilter {
  /** Its key. */
  readonly suite?: string
  readonly verdict?: Gate['verdict']
  readonly branch?: string
}
