import type { HostedResult } from './hosted.js'
import type { CaseKey } from './ids.js'
import type { RunRequest } from './run-request.js'
import type { Waiver } from './waiver.js'

/** What the command line, or a request, changes in a suite. */
export interface PlanOptions {
  /** Repeats of each case, in place of the suite's own. */
  readonly frequency?: number
  /** Only scenarios with any of these tags. */
  readonly tags?: readonly string[]
  /** Only cases with one of these texts in their key or scenario name, ignoring case. */
  readonly filter?: readonly string[]
  /** Only these cases. */
  readonly cases?: readonly CaseKey[]
  /** The nth of `of` parts, from 1. A shard never splits a case. */
  readonly shard?: { readonly nth: number; readonly of: number }
  /** Folder of the result to compare with: nothing may be worse than there. */
  readonly baseline?: string
  readonly seed?: number
  /** Exceptions besides those of the suite. */
  readonly waivers?: readonly Waiver[]
  readonly concurrency?: number
  readonly maxFailures?: number
  /** Addresses to use in place of the agents' own, by agent key. Such an agent's `start` is ignored. */
  readonly agents?: Readonly<Record<string, string>>
  /** What to run in place of the suite's entries. It also drops the suite's gate: every run must pass. */
  readonly request?: RunRequest
  /** Results that hosted services have already begun, by slug of the run entry. Only these tell which runs the entry has. */
  readonly hosted?: Readonly<Record<string, HostedResult>>
}
