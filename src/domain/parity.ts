import type { CaseStatus } from './case-status.js'
import type { ComparedResult } from './comparison.js'
import type { CaseKey } from './ids.js'

/** What came of the same cases in two results, one beside the other: as in text and in sound. Without statistics. */
export interface Parity {
  readonly base: ComparedResult
  readonly new: ComparedResult
  /** In the order of the new result; then those of the base only. */
  readonly cases: readonly CaseParity[]
}

export interface CaseParity {
  readonly key: CaseKey
  /** Absent if the result does not have the case. */
  readonly base?: CaseSide
  readonly new?: CaseSide
}

/** What came of a case in one result. */
export interface CaseSide {
  readonly status: CaseStatus
  readonly passed: number
  readonly runs: number
  /** Why runs did not pass, each reason once, not yet safe to print. */
  readonly reasons: readonly string[]
}

/** `unknown`: one of the results cannot tell, and nothing says that they differ. */
export type Sameness = 'same' | 'different' | 'unknown'

/** Whether a case came out the same in both results. */
export function samenessOf({ base, new: now }: CaseParity): Sameness {
  if (!base || !now) return 'different'
  if ([base, now].some(({ status }) => status === 'could_not_tell' || status === 'not_run')) return 'unknown'
  return base.status === now.status ? 'same' : 'different'
}

/** Of all cases: `different` if one differs. A result without cases shows nothing. */
export function parityVerdict({ cases }: Parity): Sameness {
  const all = cases.map(samenessOf)
  if (all.includes('different')) return 'different'
  return all.includes('unknown') || all.length === 0 ? 'unknown' : 'same'
}
