import type { Loss } from './finding.js'
import type { SuiteDraft } from './suite-draft.js'
import type { InlinePersonality, InlineTestProfile, TestCase } from './test-suite/test-suite.js'
import type { Tidy } from './tidy.js'

/** A case, with fields that only tables of scenarios have. */
export interface ListedCase extends Omit<TestCase, 'personality' | 'test_profile'> {
  readonly id?: number
  readonly folder?: string
  readonly description?: string
  /** An id, a name without a definition, or the whole personality. */
  readonly personality?: number | string | InlinePersonality
  readonly test_profile?: number | string | (InlineTestProfile & { readonly key?: string })
}

export interface Drafting {
  readonly draft: SuiteDraft
  readonly tidy: Tidy
  readonly lose: (loss: Loss) => void
  /** Whether the agent can speak unprompted. If so, it can greet, and the caller can interrupt it. */
  readonly canGreet: boolean
  /** Whether a suite can name the metric without declaring it. */
  readonly isKnownMetric: (name: string) => boolean
}
