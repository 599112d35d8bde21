import type { Loss } from './finding.js'
import type { SuiteDraft } from './suite-draft.js'
import type { InlinePersonality, InlineTestProfile, TestCase } from './test-suite/test-suite.js'
import type { Tidy } from './tidy.js'

/** A case, with what only tables of scenarios know. */
export interface ListedCase extends Omit<TestCase, 'personality' | 'test_profile'> {
  readonly id?: number
  readonly folder?: string
  readonly description?: string
  /** An id, the name of what is told nowhere else, or all of it. */
  readonly personality?: number | string | InlinePersonality
  readonly test_profile?: number | string | (InlineTestProfile & { readonly key?: string })
}

export interface Drafting {
  readonly draft: SuiteDraft
  readonly tidy: Tidy
  readonly lose: (loss: Loss) => void
  /** Whether the agent can speak without having been asked: greet, and be broken into. */
  readonly canGreet: boolean
  /** Whether a suite may name a metric without declaring it. */
  readonly isKnownMetric: (name: string) => boolean
}
