import type { Tally } from '../pipeline/tally/tally.js'

/** Why a run was left out on purpose. */
export type ByChoice = 'decided' | 'max_failures'

export function isByChoice(reason: string): reason is ByChoice {
  return reason === 'decided' || reason === 'max_failures'
}

/** A run that was left out, and its place in the plan. */
export interface LeftOut {
  readonly reason: ByChoice
  /** Indexes in the plan. */
  readonly entry: number
  readonly case: number
}

/**
 * Whether runs that were left out on purpose need not run, now that all others are counted. Otherwise a gate would pass on
 * conversations that never happened.
 *
 * @param entries  Indexes of the plan's entries.
 */
export function leftOutStill(
  totals: Pick<Tally, 'decided' | 'caseVerdict' | 'failures'>,
  entries: readonly number[],
  maxFailures: number | undefined,
): { readonly tooManyFailed: boolean; stands(run: LeftOut): boolean } {
  const tooManyFailed = maxFailures !== undefined && totals.failures >= maxFailures
  // Before the first of them is counted.
  const decided = new Set(entries.filter(index => totals.decided(index)))
  return {
    tooManyFailed,
    stands: run => (run.reason === 'max_failures' ? tooManyFailed : decided.has(run.entry) || totals.caseVerdict(run.case) !== 'undecided'),
  }
}
