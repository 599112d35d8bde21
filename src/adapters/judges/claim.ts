import type { ClaimKind } from '../../domain/claim-kind.js'

/** One part of an expected outcome, judged on its own. */
export interface Claim {
  readonly text: string
  readonly kind: ClaimKind
}

/** The claims of an expected outcome. */
export interface Claims {
  readonly claims: readonly Claim[]
  /** Why the outcome is judged whole: the end of a sentence about the judge's split of it. */
  readonly notSplit?: string
}
