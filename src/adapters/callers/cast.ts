import type { Mask } from '../../domain/mask.js'
import type { RunSpec } from '../../domain/plan.js'
import type { LanguageModel, ModelUse } from '../../ports/language-model.js'
import type { Patterns } from '../../ports/patterns.js'
import type { Render } from './fill-in-script.js'
import type { Manner } from './manner.js'

/** Everything a model needs to play a caller. */
export interface Cast {
  readonly spec: RunSpec
  readonly model: LanguageModel
  readonly spent: ModelUse['spent']
  readonly patterns: Patterns
  readonly render: Render
  readonly manner: Manner
  /** Masks what a run's reason quotes of the caller's words. */
  readonly mask: Mask
}
