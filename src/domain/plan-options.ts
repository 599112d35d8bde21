import type { HostedResult } from './hosted.js'
import type { CaseKey } from './ids.js'
import type { RunRequest } from './run-request.js'

/** What the command line, or a request, adds to a suite. */
export interface PlanOptions {
  /** Repeats of each case, instead of the suite's own. */
  readonly frequency?: number
  /** Only scenarios with any of these. */
  readonly tags?: readonly string[]
  /** Only cases whose key or scenario name holds one of these texts, upper and lower case alike. */
  readonly filter?: readonly string[]
  /** Only these cases. */
  readonly cases?: readonly CaseKey[]
  /** The nth part of `of` parts, from 1. A case is never split. */
  readonly shard?: { readonly nth: number; readonly of: number }
  /** The result that nothing may have got worse since: its folder. */
  readonly baseline?: string
  readonly seed?: number
  readonly concurrency?: number
  readonly maxFailures?: number
  /** Agent key to the address it is reached at instead; its `start` is then left out. */
  readonly agents?: Readonly<Record<string, string>>
  /** What to run instead of the suite's entries. The suite's own gate is then left out: every run has to pass. */
  readonly request?: RunRequest
  /** What hosted services have begun already, by slug of the run entry: which runs these have is only known from that. */
  readonly hosted?: Readonly<Record<string, HostedResult>>
}
